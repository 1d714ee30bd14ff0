-- One kind of thing that a count counts.
with said as (
    select distinct counted as name from stg_figure where counted is not null
), member as (
    select m.name_en as name, m.name_zh, m.code, p.name_en as parent, true as is_reference, m.note
    from ref_counted as m
    left join ref_counted as p on p.code = m.parent
    union all
    select name, null, null, null, false, null
    from said
    where name not in (select name_en from ref_counted)
)
select
    name::varchar as counted,  -- Canonical English name; as printed where no reference table holds it.
    name_zh::varchar as counted_zh,  -- Usual Chinese name in releases.
    code::varchar as code,  -- Code of the reference table.
    parent::varchar as parent,  -- What it is a part of.
    is_reference::boolean as is_reference,  -- False: a name no reference table holds, as printed.
    note::varchar as note  -- What to look out for.
from member
order by is_reference desc, counted
