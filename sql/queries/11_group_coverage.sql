-- Of how many members of each group, as of the end of 2025, does the warehouse know China's trade?
select group_area, count(*) as members, count(*) filter (where member_area in (select partner from obs where reporter = 'China')) as with_figures
from bridge_area_group
where
    group_area in ('ASEAN', 'EU', 'RCEP', 'BRICS')
    and coalesce(valid_from, date '1900-01-01') <= date '2025-12-31' and coalesce(valid_to, date '2999-12-31') >= date '2025-12-31'
group by group_area
order by group_area
