-- What is known of one number from one day on: one row per cell and knowledge interval, all statements weighed.
with statement as (
    select
        f.*,
        a.release_id,
        coalesce(a.publisher, a.url, a.article_id) as voice,
        a.source_rank,
        -- sizes, so that "fell by nearly 5%" is weighed like "grew by nearly 5%"
        f.bound = '=' as exact,
        case
            when f.bound = '=' or (f.bound = '>' and f.value >= 0) or (f.bound = '<' and f.value < 0) then f.lo
        end as floor,
        case
            when f.bound = '=' or (f.bound = '<' and f.value >= 0) or (f.bound = '>' and f.value < 0) then f.hi
        end as ceiling
    from fct_figure as f
    join dim_article as a on a.article_id = f.article_id
    anti join fct_correction as c on c.figure_id = f.figure_id
), revised as (
    -- a later word of one publisher, or of one page, that leaves no room for the earlier one starts a new vintage
    select
        *,
        coalesce(exact and known_from > lag(known_from) over own and (lo > lag(hi) over own or hi < lag(lo) over own),
            false) as revises
    from statement
    window own as (partition by cell_id, voice, exact order by known_from, value, figure_id)
), dated as (
    select
        *,
        sum(revises::integer) over (
            partition by cell_id order by known_from range between unbounded preceding and current row
        )::integer as vintage
    from revised
), known as (
    select
        cell_id,
        known_from,
        vintage,
        -- believed first: exact, better source, narrower, earlier; the id only makes the order total
        arg_min(figure_id, (not exact, source_rank, hi - lo, known_from, figure_id)) over upto as figure_id,
        count(*) over upto as n_statements,
        count(distinct release_id) over upto as n_releases,
        max(case when exact then lo end) over upto as exact_lo,
        min(case when exact then hi end) over upto as exact_hi,
        max(lo) over upto as all_lo,
        min(hi) over upto as all_hi,
        max(floor) over upto as floor,
        min(ceiling) over upto as ceiling
    from dated
    window upto as (
        partition by cell_id, vintage order by known_from range between unbounded preceding and current row
    )
    qualify row_number() over (partition by cell_id, known_from order by figure_id) = 1
), latest as (
    select
        *,
        lead(known_from) over (partition by cell_id order by known_from) as known_to
    from known
)
select
    k.cell_id,
    f.reporter,
    f.partner,
    f.flow,
    f.product,
    f.enterprise,
    f.regime,
    f.channel,
    f.period,
    f.measure,
    f.unit,
    f.growth_currency,
    f.stance,
    f.basis,
    f.counted,
    f.rank_by,
    f.of_cell,
    f.of_reporter,
    f.of_partner,
    f.of_flow,
    f.of_product,
    f.of_enterprise,
    f.of_regime,
    f.of_channel,
    f.of_period,
    f.value,
    f.bound,
    case
        when k.exact_lo <= k.exact_hi then k.exact_lo
        when k.exact_lo is null and k.all_lo <= k.all_hi then k.all_lo
        else f.lo
    end::decimal(24, 6) as lo,  -- Lowest number that all exact statements allow; the winner's own in a conflict.
    case
        when k.exact_lo <= k.exact_hi then k.exact_hi
        when k.exact_lo is null and k.all_lo <= k.all_hi then k.all_hi
        else f.hi
    end::decimal(24, 6) as hi,  -- Highest number that all exact statements allow; the winner's own in a conflict.
    f.lo_tight,
    f.hi_tight,
    k.figure_id::varchar
        as figure_id,  -- The winning statement: exact before bounded, better source, narrower, earlier.
    f.article_id,
    k.n_statements::integer as n_statements,  -- Statements of this number known by then.
    k.n_releases::integer
        as n_releases,  -- Independent releases among them: copies and translations count once.
    case
        when k.floor > k.ceiling then 'conflict'
        when k.n_releases > 1 then 'agree'
        else 'single'
    end::varchar as agreement,  -- single release, releases agree, or conflict: no number fits them all.
    k.vintage::integer as vintage,  -- 0, and one more for each time a publisher revised its own number.
    k.known_from,
    k.known_to::date as known_to,  -- Day from which more was known; null: this is the latest knowledge.
    f.printed,
    f.quote
from latest as k
join fct_figure as f on f.figure_id = k.figure_id
order by f.reporter, f.flow, f.measure, f.product, f.partner, f.period, k.cell_id, k.known_from
