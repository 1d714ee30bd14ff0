-- One product that belongs to one further group besides its parent. Groups overlap: never add them.
select
    g.name_en::varchar as group_product,  -- The group: new three, high-tech products, ...
    m.name_en::varchar as member_product,  -- A member.
    starts_with(coalesce(b.note, ''), 'complete')::boolean as complete,  -- True: the group is the sum of its members.
    b.note::varchar as note  -- How settled the membership is.
from ref_product_groups as b
join ref_products as g on g.code = b."group"
join ref_products as m on m.code = b.member
order by all
