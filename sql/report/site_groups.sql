-- Which areas are members of which groups today.
select group_area as whole, member_area as part
from bridge_area_group
where valid_to is null or valid_to >= ?
