-- What kind of place an area is, and where it lies.
select area, kind, parent, is_group, is_reference
from dim_area
