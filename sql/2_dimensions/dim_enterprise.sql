-- One ownership class of firms.
with said as (
    select enterprise as name from stg_figure
    union
    select json_extract_string(of_cell, '$.enterprise') from stg_figure where of_cell is not null
), member as (
    select m.name_en as name, m.name_zh, m.code, p.name_en as parent, m.adds_up = 'yes' as adds_up,
        true as is_reference, m.note
    from ref_enterprises as m
    left join ref_enterprises as p on p.code = m.parent
    union all
    select name, null, null, null, false, false, null
    from said
    where name is not null and name not in (select name_en from ref_enterprises)
)
select
    name::varchar as enterprise,  -- Canonical English name; as printed where no reference table holds it.
    name_zh::varchar as enterprise_zh,  -- Usual Chinese name in releases.
    code::varchar as code,  -- Code of the reference table.
    parent::varchar as parent,  -- The member that contains it.
    adds_up::boolean as adds_up,  -- True: a part of its parent, apart from its siblings. False: cuts across them.
    is_reference::boolean as is_reference,  -- False: a name no reference table holds, as printed.
    case when name = 'all' then '_T' when not is_reference then 'X_' || left(md5(name), 8) else upper(replace(code, '-', '_')) end::varchar
        as sdmx_code,  -- ACTIVITY: _T is the total, X_... an unmapped name.
    note::varchar as note  -- What to look out for.
from member
order by is_reference desc, enterprise
