-- One area that counts as a member of one group, and when.
with pair as (
    select g.name_en as group_area, m.name_en as member_area, b."from", b."to", b.note
    from ref_partner_groups as b
    join ref_partners as g on g.code = b."group"
    join ref_partners as m on m.code = b.member
    union all
    select g.name_en, m.name_en, b."from", b."to", b.note
    from ref_reporter_groups as b
    join ref_reporters as g on g.code = b."group"
    join ref_reporters as m on m.code = b.member
)
select
    group_area::varchar as group_area,  -- The group: ASEAN, EU, Western China, ...
    member_area::varchar as member_area,  -- A member.
    try_cast("from" as date) as valid_from,  -- First day it counts; null: always, or not known.
    try_cast("to" as date) as valid_to,  -- Last day it counts; null: still does.
    note::varchar as note  -- What to look out for.
from pair
order by all
