-- One range of HS 2022 codes that a product covers.
with part as (
    select product, hs_fit, unnest(string_split(hs, '|')) as hs
    from dim_product
    where hs is not null
)
select
    product,  -- The product.
    split_part(hs, '-', 1)::varchar as hs_from,  -- First heading or subheading.
    case when contains(hs, '-') then split_part(hs, '-', 2) else hs end::varchar as hs_to,  -- Last one, inclusive.
    hs_fit  -- exact: the product is its codes and nothing else; near: their main part.
from part
order by all
