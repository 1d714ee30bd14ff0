-- One disjoint part of one whole along one axis, as an amount or as a share, in one article: what may be added up.
-- Along partners: countries, ASEAN and the EU without their members. Along products: those that lie in no other one
-- named there and are no overlapping group. Along enterprises and regimes: the direct parts that add up.
with recursive
named as (
    select *, 'value' as form, null::ubigint as whole_of_share, null as axis_of_share from chk_level
    union all by name
    select * exclude (whole, whole_anywhere, axis), 'share' as form, whole as whole_of_share, axis as axis_of_share
    from chk_share
),
axis as (
    select
        *,
        case form
            when 'share' then axis_of_share
            when 'value' then case
                when (partner <> 'World')::int + (product <> 'all')::int + (enterprise <> 'all')::int
                    + (regime <> 'all')::int + (channel <> 'all')::int <> 1 then null
                when partner <> 'World' then 'partner'
                when product <> 'all' then 'product'
                when enterprise <> 'all' then 'enterprise'
                when regime <> 'all' then 'regime'
            end
        end as axis
    from named
    where flow <> 'balance'
),
keyed as (
    select
        *,
        case axis
            when 'partner' then partner when 'product' then product when 'enterprise' then enterprise
            when 'regime' then regime when 'flow' then flow when 'reporter' then reporter
        end as member,
        coalesce(whole_of_share, case axis
            when 'partner' then hash(article_id, reporter, 'World', flow, product, enterprise, regime, channel, period, unit)
            when 'product' then hash(article_id, reporter, partner, flow, 'all', enterprise, regime, channel, period, unit)
            when 'enterprise' then hash(article_id, reporter, partner, flow, product, 'all', regime, channel, period, unit)
            when 'regime' then hash(article_id, reporter, partner, flow, product, enterprise, 'all', channel, period, unit)
        end) as whole
    from axis
    where axis in ('partner', 'product', 'enterprise', 'regime', 'flow', 'reporter')
        -- a share must be of this axis's whole, else it is a share of a part: chips in the exports of electronics
        and (form = 'value' or axis <> 'partner' or of_partner = 'World')
        and (form = 'value' or axis <> 'product' or of_product = 'all')
        and (form = 'value' or axis not in ('enterprise', 'regime') or coalesce(of_enterprise, of_regime) = 'all')
        and (form = 'value' or axis <> 'flow' or (of_flow = 'trade' and flow in ('exports', 'imports')))
),
one as (
    select * from keyed
    qualify row_number() over (partition by form, whole, axis, member order by hi - lo, start, figure_id) = 1
),
above as (
    select product, parent, 1 as depth from dim_product where parent is not null and parent <> 'all'
    union all
    select a.product, d.parent, a.depth + 1
    from above as a
    join dim_product as d on d.product = a.parent
    where d.parent is not null and d.parent <> 'all' and a.depth < 8
),
inside as (
    select o.figure_id
    from one as o
    join above as a on a.product = o.member
    join one as other on other.form = o.form and other.whole = o.whole and other.axis = o.axis and other.member = a.parent
    where o.axis = 'product'
    union
    select o.figure_id
    from one as o
    join bridge_area_group as g on g.member_area = o.member and g.group_area in ('ASEAN', 'EU')
        and coalesce(g.valid_from, date '1900-01-01') <= o.last_day
        and coalesce(g.valid_to, date '2999-12-31') >= o.first_day
    join one as other on other.form = o.form and other.whole = o.whole and other.axis = o.axis
        and other.member = g.group_area
    where o.axis = 'partner'
)
select o.*
from one as o
left join dim_enterprise as e on o.axis = 'enterprise' and e.enterprise = o.member
left join dim_regime as r on o.axis = 'regime' and r.regime = o.member
left join dim_product as d on o.axis = 'product' and d.product = o.member
left join dim_area as a on o.axis in ('partner', 'reporter') and a.area = o.member
where o.figure_id not in (select figure_id from inside)
    and case o.axis
        when 'partner' then o.member in ('ASEAN', 'EU') or a.kind in ('country', 'territory')
        when 'product' then d.is_reference and o.member not in (select group_product from bridge_product_group)
            and o.member not in ('services', 'goods and services')
        when 'enterprise' then e.parent = 'all' and e.adds_up
        when 'regime' then r.parent = 'all' and r.adds_up
        when 'reporter' then a.kind in ('city', 'province', 'municipality', 'autonomous region') and a.parent = o.of_reporter
        else true
    end
