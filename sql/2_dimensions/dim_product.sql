-- One group of goods as press releases write it. Groups overlap: never add products that are not siblings.
with said as (
    select product as name from stg_figure
    union
    select json_extract_string(of_cell, '$.product') from stg_figure where of_cell is not null
), product as (
    select p.name_en as product, p.name_zh, p.code, q.name_en as parent, p.hs, p.hs_fit, true as is_reference, p.note
    from ref_products as p
    left join ref_products as q on q.code = p.parent
    union all
    select name, null, null, null, null, null, false, null
    from said
    where name is not null and name not in (select name_en from ref_products)
)
select
    product::varchar as product,  -- Lower-case English name; as printed where no reference table holds it.
    name_zh::varchar as product_zh,  -- Usual Chinese name in releases.
    code::varchar as code,  -- Code of the reference table.
    parent::varchar as parent,  -- The product that contains it.
    hs::varchar as hs,  -- HS 2022 headings: 8542, 8456-8463, several parted by |.
    hs_fit::varchar as hs_fit,  -- exact: these codes and nothing else; near: their main part.
    is_reference::boolean as is_reference,  -- False: a name no reference table holds, as printed.
    false::boolean as adds_up,  -- Products overlap, so none may be summed with its siblings.
    case when product = 'all' then 'TOTAL' when not is_reference then 'X_' || left(md5(product), 8) else code end::varchar
        as sdmx_code,  -- COMMODITY: the custom list's code; TOTAL is all goods, X_... an unmapped name.
    note::varchar as note  -- What to look out for.
from product
order by is_reference desc, product
