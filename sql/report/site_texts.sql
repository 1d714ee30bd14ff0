-- The texts of some articles.
select article_id, text
from stg_article
where article_id in (select unnest(?))
