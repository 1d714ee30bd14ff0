-- Products with their parents and HS ranges: what tells whether two of them overlap.
select p.product, p.parent, list({low: h.hs_from, high: h.hs_to}) filter (where h.hs_from is not null) as hs
from dim_product as p
left join bridge_product_hs as h on h.product = p.product
group by p.product, p.parent
