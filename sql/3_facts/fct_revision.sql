-- One published level against the level that next year's level and growth imply: the public trace of revisions.
with first_said as (
    select
        *
    from fct_figure
    where measure in ('value', 'quantity', 'count') and bound = '=' and stance = 'reported' and of_cell is null
    qualify row_number() over (partition by cell_id order by known_from, hi - lo, figure_id) = 1
)
select
    d.reporter,
    d.partner,
    d.flow,
    d.product,
    d.enterprise,
    d.regime,
    d.channel,
    d.period,
    d.measure,
    d.unit,
    d.counted,
    f.value as published,  -- The level as first published.
    f.lo as published_lo,  -- Lowest number that its print allows.
    f.hi as published_hi,  -- Highest number that its print allows.
    f.figure_id as published_figure_id,  -- The statement that published it.
    f.known_from as published_on,  -- Day of that statement.
    d.value as implied,  -- The level that the following year's level and growth imply.
    d.lo as implied_lo,  -- Lowest number they allow.
    d.hi as implied_hi,  -- Highest number they allow.
    d.inputs as implied_by,  -- The following year's level and growth.
    d.known_from as implied_on,  -- Day from which they were known.
    (d.value - f.value)::decimal(24, 6) as revision,  -- Implied less published.
    (d.lo - f.hi)::decimal(24, 6) as revision_lo,  -- The lowest it can be.
    (d.hi - f.lo)::decimal(24, 6) as revision_hi,  -- The highest it can be.
    (100 * (d.value - f.value) / f.value)::decimal(24, 6) as revision_pct,  -- In percent of the published level.
    (100 * greatest(0, d.lo - f.hi, f.lo - d.hi) / f.value)::decimal(24, 6)
        as excess_pct,  -- By how much the intervals miss one another, percent; 0 where rounding explains all.
    case when greatest(d.lo - f.hi, f.lo - d.hi) > 0 then 'revised' else 'within rounding' end::varchar
        as verdict  -- revised, or within rounding.
from fct_derived as d
join first_said as f
    on f.reporter = d.reporter and f.partner = d.partner and f.flow = d.flow and f.product = d.product
    and f.enterprise = d.enterprise and f.regime = d.regime and f.channel = d.channel and f.period = d.period
    and f.measure = d.measure and f.unit = d.unit and f.counted is not distinct from d.counted
where d.rule = 'prior_level' and f.value > 0 and f.known_from <= d.known_from
order by excess_pct desc, d.reporter, d.period, d.flow, d.derived_id
