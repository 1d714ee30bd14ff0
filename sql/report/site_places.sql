-- Where the figures of some articles stand, quarantined ones too.
select article_id, figure_id, start, "end", printed
from stg_place
where article_id in (select unnest(?))
order by article_id, start, "end" desc, figure_id
