-- One figure that one version of one article states, as the reader gave it: nothing left out.
with figure as (
    select article_id, unnest(figures) as f
    from stg_line anti join stg_again on stg_again.line_row = stg_line.rowid
), number as (
    select
        article_id,
        f,
        list_transform(
            [f.value, f.step, f.lo, f.hi],
            lambda t: case
                when regexp_matches(t, '^-?[0-9]{1,18}([.][0-9]{1,6}0*)?$') then t::decimal(24, 6)
            end
        ) as d
    from figure
)
select
    f.figure_id::varchar as figure_id,  -- Hash of the article and the figure's key: stable over rebuilds.
    article_id::varchar as article_id,  -- The article version that states it.
    f.reporter::varchar as reporter,  -- Whose trade: canonical English name, or as printed.
    f.partner::varchar as partner,  -- Trade with whom; World where nobody is named.
    f.flow::varchar as flow,  -- exports, imports, trade or balance.
    f.product::varchar as product,  -- The goods; all where none are named.
    f.enterprise::varchar as enterprise,  -- Ownership class of the firms; all where none is named.
    f.regime::varchar as regime,  -- Customs regime; all where none is named.
    f.channel::varchar as channel,  -- Route, transport or gate; all where none is named.
    f.period::varchar as period,  -- Inclusive span YYYY-MM/YYYY-MM, or days YYYY-MM-DD/YYYY-MM-DD.
    f.measure::varchar as measure,  -- What is measured: value, value_yoy, share, rank, ...
    f.unit::varchar as unit,  -- ISO 4217 code, percent, pp, count, t, vehicles, ...
    f.value::varchar as value_text,  -- The number as the reader gave it, in base units, as text.
    d[1] as value,  -- The number in base units; null where it does not fit 18 digits and 6 decimals.
    d[2] as step,  -- Place value of the last printed digit, in the same units.
    d[3] as lo,  -- Lowest number that the printed numeral and its bound allow.
    d[4] as hi,  -- Highest number that the printed numeral and its bound allow.
    f.bound::varchar as bound,  -- = as stated, ~ about, < nearly, > over.
    f.stance::varchar as stance,  -- reported, forecast or target.
    f.basis::varchar as basis,  -- Currency of a growth rate or share, where the article says so.
    f.counted::varchar as counted,  -- What a count counts.
    f."by"::varchar as rank_by,  -- What a rank ranks, where it is not the value.
    f."of"::varchar as of_cell,  -- The other cell: canonical JSON of the fields that differ, or null.
    f.rule::varchar as rule,  -- The reader's rule that made the figure.
    f.places[1].printed::varchar as printed,  -- The numeral with its unit as printed, at the first place.
    f.places[1]."start"::integer as start,  -- Where it starts: code points of the text.
    f.places[1]."end"::integer as "end",  -- Where it ends, exclusive.
    len(f.places)::integer as n_places  -- How many times the article says it.
from number
