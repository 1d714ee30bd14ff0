-- Every figure and numeral stands in its article's text exactly where it says, as it says.
select 'place' as kind, p.figure_id as id, p.article_id, p.start, p.printed, substr(a.text, p.start + 1, p."end" - p.start) as found
from stg_place as p
join stg_article as a on a.article_id = p.article_id
where substr(a.text, p.start + 1, p."end" - p.start) is distinct from p.printed
union all
select 'numeral', n.numeral_no::varchar, n.article_id, n.start, n.printed, substr(a.text, n.start + 1, n."end" - n.start)
from stg_numeral as n
join stg_article as a on a.article_id = n.article_id
where substr(a.text, n.start + 1, n."end" - n.start) is distinct from n.printed
