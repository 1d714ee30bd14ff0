-- One fetch of one object: how the archive came by some bytes.
select
    sha256::varchar as sha256,  -- SHA-256 of the bytes.
    url::varchar as url,  -- The address asked.
    try_cast(fetched_at as timestamptz)::timestamp as fetched_at,  -- When, UTC.
    final_url::varchar as final_url,  -- The address that answered, after redirects.
    status::integer as status,  -- HTTP status; null for a local file.
    source::varchar as source,  -- The configured source; null for a file given by hand.
    source_class::varchar as source_class,  -- The kind of publisher that the source was said to be, if any.
    try_cast(source_rank as integer) as source_rank  -- How early the source was said to be believed, if at all.
from raw_receipt
