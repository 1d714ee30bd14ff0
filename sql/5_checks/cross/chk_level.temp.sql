-- Amounts of money as stated, without hedge. Where an article says one amount coarsely and finely, the finer counts.
with ranked as (
    select
        *,
        first_value(lo) over narrow as finest_lo,
        first_value(hi) over narrow as finest_hi,
        row_number() over narrow as place
    from chk_figure
    where measure = 'value' and bound = '='
    window narrow as (partition by cell order by hi - lo, start, figure_id)
)
select * exclude (
    measure, printed_unit, bound, counted, rank_by, of_cell, of_reporter, of_partner, of_flow, of_product, of_enterprise,
    of_regime, of_channel, of_period, number_key, finest_lo, finest_hi, place
)
from ranked
where place = 1 or lo > finest_hi or hi < finest_lo
