-- What is known now of whole trade: obs with the "all" member of every dimension, reported, latest knowledge.
select * exclude (partner, product, enterprise, regime, channel, stance, known_to)
from obs
where
    partner = 'World'
    and product = 'all'
    and enterprise = 'all'
    and regime = 'all'
    and channel = 'all'
    and stance = 'reported'
    and known_to is null
