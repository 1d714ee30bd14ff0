-- One article and the release it tells of: copies, translations and abridged copies (nine in ten figures equal) share one.
with recursive claim as (
    select distinct article_id, known_from, hash(cell_id, value) as claim
    from fct_candidate
), ranked as (
    select *, count(*) over (partition by claim) as frequency, count(*) over (partition by article_id) as size
    from claim
), article as (
    -- articles with exactly the same claims are one before near copies are sought
    select article_id, min(known_from) as known_from, count(*) as size, bit_xor(claim) as claims
    from claim
    group by article_id
    having count(*) >= 3
), twin as (
    select *, first_value(article_id) over (partition by size, claims order by known_from, article_id) as head
    from article
), head as (
    select r.*
    from ranked as r
    where r.article_id in (select head from twin)
), prefix as (
    -- a set that shares nine in ten of its claims with another shares one of its rarest tenth with it
    select article_id, claim, size
    from head
    qualify row_number() over (partition by article_id order by frequency, claim) <= size - ceil(0.9 * size) + 1
), pair as (
    select distinct a.article_id as one, b.article_id as other, a.size as one_size, b.size as other_size
    from prefix as a
    join head as b on a.claim = b.claim and a.article_id <> b.article_id and a.size <= b.size
    -- an abridged copy may be much shorter, but must be long enough to be one
    where a.size >= 8 or a.size >= 0.9 * b.size
), near as (
    select p.one, p.other
    from pair as p
    join claim as a on a.article_id = p.one
    join claim as b on b.article_id = p.other and b.claim = a.claim
    group by p.one, p.other, p.one_size, p.other_size
    having
        count(*) >= 0.9 * (p.one_size + p.other_size - count(*))
        or (p.one_size >= 8 and count(*) >= 0.9 * p.one_size)
), edge as (
    select one as a, other as b from near
    union all
    select other, one from near
    union all
    -- versions of one page
    select a.head, b.head
    from (select t.head, s.url from twin as t join stg_article as s on s.article_id = t.article_id) as a
    join (select t.head, s.url from twin as t join stg_article as s on s.article_id = t.article_id) as b
        on a.url = b.url and a.head <> b.head
), reach as (
    select head as article_id, head as seen from twin where article_id = head
    union
    select r.article_id, e.b
    from reach as r
    join edge as e on e.a = r.seen
), root as (
    select r.article_id, arg_min(r.seen, (t.known_from, t.article_id)) as release_id
    from reach as r
    join twin as t on t.article_id = r.seen
    group by r.article_id
)
select
    t.article_id,
    r.release_id::varchar as release_id,  -- The article of the release that was published first.
    (t.article_id = r.release_id)::boolean as is_first  -- True for that article itself.
from twin as t
join root as r on r.article_id = t.head
order by t.article_id
