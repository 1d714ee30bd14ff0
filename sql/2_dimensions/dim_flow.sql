-- One direction of trade.
select
    col0::varchar as flow,  -- exports, imports, trade (their sum), balance (exports less imports).
    col1::varchar as flow_zh,  -- Chinese name.
    col2::integer as sign_in_balance,  -- 1 for exports, -1 for imports; null for what is made of both.
    col3::boolean as adds_up,  -- True for exports and imports: only these two add to trade.
    col4::varchar as sdmx_code  -- TRADE_FLOW: X, M; T and B extend the list.
from (values
    ('exports', '出口', 1, true, 'X'),
    ('imports', '进口', -1, true, 'M'),
    ('trade', '进出口', null, false, 'T'),
    ('balance', '差额', null, false, 'B')
)
