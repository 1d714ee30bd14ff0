-- One version of one article: its text as the reader saw it, and where it came from.
with numbered as (
    -- nothing wide passes through the window: it holds all that it is given in memory
    select
        rowid as line_row,
        row_number() over (partition by coalesce(url, article_id) order by fetched_at, article_id) as nth
    from stg_line
    anti join stg_again on stg_again.line_row = stg_line.rowid
)
select
    article_id::varchar as article_id,  -- First 16 hexadecimal digits of the SHA-256 of the bytes.
    sha256::varchar as sha256,  -- SHA-256 of the archived bytes.
    name::varchar as name,  -- Name of the file, or the last part of the address.
    url::varchar as url,  -- Where the bytes came from first.
    title::varchar as title,  -- Headline, where one was found.
    publisher::varchar as publisher,  -- Who published it, as the source or the page says.
    source::varchar as source,  -- The configured source that brought it; null for a file given by hand.
    lang::varchar as lang,  -- Language of the text: en or zh.
    try_cast(published as date) as published,  -- Day of publication; null where none was found.
    try_cast(fetched_at as timestamptz)::timestamp as fetched_at,  -- When the bytes were first fetched, UTC.
    numbered.nth::integer as version,  -- 1 for what its address first held, 2 for what it held after a change, ...
    status::varchar as status,  -- read, or unreadable.
    reason::varchar as reason,  -- Why it is unreadable, or what a readable one lacks (no-date, no-figures).
    coalesce(text, '')::varchar as text,  -- The text that offsets count in, code points.
    length(coalesce(text, ''))::integer as n_chars,  -- Length of the text in code points.
    len(coalesce(figures, []))::integer as n_figures,  -- Figures the reader found.
    len(coalesce(numerals, []))::integer as n_numerals  -- Numerals in the text.
from stg_line
join numbered on numbered.line_row = stg_line.rowid
