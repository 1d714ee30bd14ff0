-- What the ledger of known misprints says.
select *
from fct_correction
