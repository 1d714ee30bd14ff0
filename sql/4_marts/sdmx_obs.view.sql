-- What is known now under the concepts of SDMX (UNSD:IMTS 1.2), with extensions for what customs releases add.
select
    r.sdmx_code as REF_AREA,  -- Reporter: ISO 3166-1 alpha-2; ISO 3166-2 and longer codes below a country.
    p.sdmx_code as COUNTERPART_AREA_1,  -- Partner: W0 is the world.
    f.sdmx_code as TRADE_FLOW,  -- X exports, M imports; T their sum and B their balance extend the list.
    c.sdmx_code as COMMODITY_1,  -- Product: code of the custom list; TOTAL is all goods.
    ch.sdmx_code as TRANSPORT_MODE_BORDER,  -- Mode of transport; _T is all, X_... a corridor or gate.
    g.sdmx_code as CUSTOMS_PROC,  -- Customs regime; _T is all.
    e.sdmx_code as ACTIVITY,  -- Ownership class of firms; _T is all.
    m.sdmx_transformation as TRANSFORMATION,  -- N level, GY growth over a year, SH share, ...
    upper(coalesce(m.subject, 'value'))::varchar as MEASURE,  -- VALUE, QUANTITY, PRICE or COUNT.
    d.sdmx_freq as FREQ,  -- A, S, Q, M; _Z for a year-to-date or another span.
    d.sdmx_time_period as TIME_PERIOD,  -- 2025, 2025-Q1, 2025-03, or a range 2025-01-01/P9M.
    b.value as OBS_VALUE,  -- The number in base units.
    case
        when b.stance <> 'reported' then 'F'
        when b.agreement = 'conflict' then 'U'
        when b.bound <> '=' then 'E'
        else 'A'
    end::varchar as OBS_STATUS,  -- A normal, E stated roughly, F forecast or target, U sources disagree.
    u.sdmx_code as UNIT_MEASURE,  -- Unit of the number.
    0::integer as UNIT_MULT,  -- Power of ten of the unit: always 0.
    greatest(0, -floor(log10(x.step)))::integer as DECIMALS,  -- Decimals that the print supports.
    '_Z'::varchar as COUNTERPART_AREA_2,  -- Country of consignment or transit: not told apart in releases.
    coalesce(b.growth_currency, '_Z')::varchar as BASIS,  -- Currency of a growth rate or share.
    coalesce(b.of_cell, '_Z')::varchar as BASE_CELL,  -- The other cell of a share, rank, gap, ...
    coalesce(b.counted, b.rank_by, '_Z')::varchar as COUNTED,  -- What a count counts, or a rank ranks.
    b.stance as STANCE,  -- reported, forecast or target.
    b.lo as OBS_LOWER,  -- Lowest number that the print allows.
    b.hi as OBS_UPPER,  -- Highest number that the print allows.
    a.url as SOURCE_URL,  -- Where it was published.
    b.quote as SOURCE_QUOTE,  -- The sentence.
    b.known_from as VALID_FROM,  -- Day from which it was known.
    b.figure_id as FIGURE_ID  -- The winning statement.
from fct_best as b
join fct_figure as x on x.figure_id = b.figure_id
join dim_area as r on r.area = b.reporter
join dim_area as p on p.area = b.partner
join dim_flow as f on f.flow = b.flow
join dim_product as c on c.product = b.product
join dim_channel as ch on ch.channel = b.channel
join dim_regime as g on g.regime = b.regime
join dim_enterprise as e on e.enterprise = b.enterprise
join dim_measure as m on m.measure = b.measure
join dim_period as d on d.period = b.period
join dim_unit as u on u.unit = b.unit
join dim_article as a on a.article_id = b.article_id
where b.known_to is null
