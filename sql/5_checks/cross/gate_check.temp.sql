-- What the gates see of each check. A figure that another release repeats, or whose share its amounts bear out, is
-- withheld only where no other suspect is left: never more is withheld than needed.
with repeated as (
    select figure_id
    from chk_figure
    where bound = '=' and hash(number_key, value) in (
        select hash(number_key, value) from chk_figure where bound = '=' group by all having min(release_id) <> max(release_id)
    )
),
failing as (
    select check_id, unnest(suspects) as figure_id from fct_check where excess > 0
),
sorted as (
    select f.check_id, f.figure_id, r.figure_id is null as alone
    from failing as f
    left join repeated as r on r.figure_id = f.figure_id
    qualify alone or not bool_or(alone) over (partition by f.check_id)
),
blamed as (
    select check_id, string_agg(distinct figure_id, ' ' order by figure_id) as figure_ids
    from sorted
    group by check_id
)
select
    c.check_id,
    c.rule,
    c.excess,
    case when len(c.suspects) > 0 then c.excess end as excess_to_withhold,
    b.figure_ids,
    case when c.excess > 0 then concat(
        c.subject, ': ', c.lhs_lo::double, ' to ', c.lhs_hi::double, ' against ', c.rhs_lo::double, ' to ', c.rhs_hi::double
    ) end as detail
from fct_check as c
left join blamed as b on b.check_id = c.check_id
