-- What the gates see of each check. Never more is withheld than needed: a figure in which three misses or more cross, and
-- twice as many as in any other that was compared, is the one at fault (the total that all parts exceed); else, of the
-- suspects, those that no other release repeats.
with failing as (
    select check_id, figure_ids, suspects
    from fct_check
    where excess > 0 and len(suspects) > 0
),
compared as (
    select distinct check_id, unnest(figure_ids) as figure_id from failing
),
misses as (
    select figure_id, count(*) as n from compared group by figure_id
),
crossing as (
    select
        c.check_id,
        arg_max(c.figure_id, (m.n, c.figure_id)) as figure_id,
        max(m.n, 2) as most
    from compared as c
    join misses as m on m.figure_id = c.figure_id
    group by c.check_id
    having most[1] >= 3 and most[1] >= 2 * coalesce(most[2], 0)
),
repeated as (
    select figure_id
    from chk_figure
    where bound = '=' and hash(number_key, value) in (
        select hash(number_key, value) from chk_figure where bound = '=' group by all having min(release_id) <> max(release_id)
    )
),
suspect as (
    select f.check_id, unnest(f.suspects) as figure_id
    from failing as f
    where f.check_id not in (select check_id from crossing)
),
sorted as (
    select s.check_id, s.figure_id, r.figure_id is null as alone
    from suspect as s
    left join repeated as r on r.figure_id = s.figure_id
    qualify alone or not bool_or(alone) over (partition by s.check_id)
    union all
    select check_id, figure_id, true from crossing
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
