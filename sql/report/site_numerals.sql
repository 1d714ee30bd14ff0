-- The numerals of some articles that are no figure, with the reason.
select article_id, start, "end", printed, fate, reason
from stg_numeral
where article_id in (select unnest(?)) and fate <> 'figure'
order by article_id, start
