-- What was known at the end of a day: select * from obs_as_of(date '2026-01-31').
-- parameters: day
select *
from obs
where known_from <= day::date and (known_to is null or known_to > day::date)
