-- V60: what one article states of one number overlaps. Two numbers of which one stands in the headline are both held
-- back; elsewhere an article may mean two things that a cell cannot tell apart (all shippers and its own on a railway,
-- with and without the season), so the rest only warns.
with headline as (
    select article_id, strpos(text || chr(10), chr(10)) as length
    from stg_article
),
stated as (
    select *, hash(article_id, number_key) as twice
    from chk_figure
    where bound = '=' and measure in ('value', 'value_yoy', 'quantity', 'quantity_yoy', 'count', 'price', 'share')
),
statement as (
    select
        f.twice,
        f.figure_id,
        f.lo,
        f.hi,
        f.start < h.length as in_headline,
        regexp_matches(c.quote, '(?i)season|calendar|季调|季節|季节') as adjusted
    from stated as f
    join headline as h on h.article_id = f.article_id
    join fct_candidate as c on c.figure_id = f.figure_id
    where f.twice in (select twice from stated group by twice having count(*) > 1)
)
select
    '=' as relation,
    arg_min(lo, (hi, figure_id))::decimal(38, 6) as lhs_lo,
    min(hi)::decimal(38, 6) as lhs_hi,
    max(lo)::decimal(38, 6) as rhs_lo,
    arg_max(hi, (lo, figure_id))::decimal(38, 6) as rhs_hi,
    greatest(max(abs(hi)), 0.000001)::double as scale,
    list(figure_id order by figure_id) as figure_ids,
    case when bool_or(in_headline) and not bool_or(adjusted) then list(figure_id order by figure_id) end as blame
from statement
group by twice
