-- One place or group of places, for both of its roles: whose trade (reporter) and trade with whom (partner).
with reporter as (
    select r.*, p.name_en as parent_name
    from ref_reporters as r
    left join ref_reporters as p on p.code = r.parent
), said as (
    select reporter as name, true as as_reporter from stg_figure
    union
    select partner, false from stg_figure
    union
    select json_extract_string(of_cell, '$.reporter'), true from stg_figure where of_cell is not null
    union
    select json_extract_string(of_cell, '$.partner'), false from stg_figure where of_cell is not null
), unmapped as (
    select name, bool_or(as_reporter) as as_reporter, bool_or(not as_reporter) as as_partner
    from said
    where
        name is not null
        and name not in (select name_en from ref_reporters)
        and name not in (select name_en from ref_partners)
    group by name
), area as (
    select
        coalesce(r.name_en, p.name_en) as area,
        coalesce(r.name_zh, p.name_zh) as area_zh,
        coalesce(r.code, p.code) as code,
        coalesce(r.kind, p.kind) as kind,
        r.parent_name as parent,
        r.code is not null as is_reporter,
        p.code is not null as is_partner,
        coalesce(p.kind in ('group', 'region', 'open group', 'world'), r.kind = 'region') as is_group,
        true as is_reference,
        case when p.kind in ('country', 'territory') and length(p.code) = 2 then p.code end as iso3166_1,
        case when regexp_matches(r.code, '^CN-[A-Z]{2}$') then r.code end as iso3166_2,
        p.iso3,
        p.m49,
        r.gbt2260,
        r."from" as valid_from,
        r."to" as valid_to,
        r.note
    from reporter as r
    full join ref_partners as p on p.name_en = r.name_en
    union all
    select name, null, null, 'unmapped', null, as_reporter, as_partner, null, false,
        null, null, null, null, null, null, null, null
    from unmapped
)
select
    area::varchar as area,  -- Canonical English name; as printed where no reference table holds it.
    area_zh::varchar as area_zh,  -- Usual Chinese name in releases.
    code::varchar as code,  -- Code of the reference table; null for an unmapped name.
    kind::varchar as kind,  -- country, province, city, district, zone, group, region, ...; unmapped.
    parent::varchar as parent,  -- The area that contains it.
    is_reporter::boolean as is_reporter,  -- May be a reporter.
    is_partner::boolean as is_partner,  -- May be a partner.
    is_group::boolean as is_group,  -- Stands for several areas: never add it to its members.
    is_reference::boolean as is_reference,  -- False: a name no reference table holds, as printed.
    iso3166_1::varchar as iso3166_1,  -- ISO 3166-1 alpha-2 code of a country or territory.
    iso3166_2::varchar as iso3166_2,  -- ISO 3166-2 code of a province.
    iso3::varchar as iso3,  -- ISO 3166-1 alpha-3 code.
    m49::varchar as m49,  -- UN M49 code.
    gbt2260::varchar as gbt2260,  -- Six digits of GB/T 2260, state of 2023.
    try_cast(valid_from as date) as valid_from,  -- First day it existed; null: always, or not known.
    try_cast(valid_to as date) as valid_to,  -- Last day it existed; null: still does.
    case
        when area = 'World' then 'W0'
        when not is_reference then 'X_' || left(md5(area), 8)
        else coalesce(iso3166_1, code)
    end::varchar as sdmx_code,  -- REF_AREA and COUNTERPART_AREA: W0 is the world, X_... an unmapped name.
    note::varchar as note  -- What to look out for.
from area
order by is_reference desc, area
