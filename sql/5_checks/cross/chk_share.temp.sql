-- Shares as stated, without hedge, with the key of their whole in the same article.
select
    *,
    hash(
        article_id, coalesce(of_reporter, reporter), coalesce(of_partner, partner), coalesce(of_flow, flow),
        coalesce(of_product, product), coalesce(of_enterprise, enterprise), coalesce(of_regime, regime),
        coalesce(of_channel, channel), coalesce(of_period, period), unit
    ) as whole,
    hash(
        coalesce(of_reporter, reporter), coalesce(of_partner, partner), coalesce(of_flow, flow),
        coalesce(of_product, product), coalesce(of_enterprise, enterprise), coalesce(of_regime, regime),
        coalesce(of_channel, channel), coalesce(of_period, period), unit
    ) as whole_anywhere,
    array_to_string(list_sort(json_keys(of_cell)), ' ') as axis
from chk_figure
where measure = 'share' and bound = '=' and of_cell is not null and counted is null
