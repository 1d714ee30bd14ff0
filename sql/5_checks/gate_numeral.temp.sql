-- What the gates see of each numeral: that it has a fate, and a reason wherever it is no figure.
select
    n.article_id || ':' || n.start as numeral_id,
    n.fate,
    case when n.fate = 'non_figure' then n.reason end as reason,
    substr(a.text, n.start + 1, n."end" - n.start) = n.printed as quote_ok
from stg_numeral as n
join stg_article as a using (article_id)
