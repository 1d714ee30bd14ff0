-- One route, mode of transport or gate.
with said as (
    select channel as name from stg_figure
    union
    select json_extract_string(of_cell, '$.channel') from stg_figure where of_cell is not null
), member as (
    select m.name_en as name, m.name_zh, m.code, p.name_en as parent, m.kind, true as is_reference, m.note
    from ref_channels as m
    left join ref_channels as p on p.code = m.parent
    union all
    select name, null, null, null, 'unmapped', false, null
    from said
    where name is not null and name not in (select name_en from ref_channels)
)
select
    name::varchar as channel,  -- Canonical English name; as printed where no reference table holds it.
    name_zh::varchar as channel_zh,  -- Usual Chinese name in releases.
    code::varchar as code,  -- Code of the reference table.
    parent::varchar as parent,  -- The channel that contains it.
    kind::varchar as kind,  -- whole, mode, corridor, gate; unmapped.
    is_reference::boolean as is_reference,  -- False: a name no reference table holds, as printed.
    case
        when name = 'all' then '_T'
        when kind = 'mode' then upper(replace(code, '-', '_'))
        else 'X_' || left(md5(name), 8)
    end::varchar as sdmx_code,  -- TRANSPORT_MODE_BORDER: a mode only; a corridor or gate is X_....
    note::varchar as note  -- What to look out for.
from member
order by is_reference desc, channel
