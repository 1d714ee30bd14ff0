-- One rule held against one subject: two intervals that must overlap (=), or of which the left must not lie above the
-- right (<=), and by how much they miss. What a miss means, and how much is let pass, is written in the gates.
with checked as (
    select 'V03' as rule, * from v03_closed_lists
    union all by name
    select 'V04' as rule, * from v04_open_lists
    union all by name
    select 'V18' as rule, * from v18_growing_partners
    union all by name
    select 'V20' as rule, * from v20_magnitude
    union all by name
    select 'V21' as rule, * from v21_scale_slip
    union all by name
    select 'V22' as rule, * from v22_unit_price
    union all by name
    select 'V23' as rule, * from v23_exports_and_imports
    union all by name
    select 'V24' as rule, * from v24_balance
    union all by name
    select 'V25' as rule, * from v25_growth_between
    union all by name
    select 'V26' as rule, * from v26_bases_add
    union all by name
    select 'V27' as rule, * from v27_base_revised
    union all by name
    select 'V28' as rule, * from v28_sign_of_growth
    union all by name
    select 'V29' as rule, * from v29_value_change
    union all by name
    select 'V30' as rule, * from v30_on_the_period_before
    union all by name
    select 'V31' as rule, * from v31_average_growth
    union all by name
    select 'V32' as rule, * from v32_share_of_whole
    union all by name
    select 'V33' as rule, * from v33_part_in_whole
    union all by name
    select 'V34' as rule, * from v34_disjoint_parts
    union all by name
    select 'V35' as rule, * from v35_partition_in_shares
    union all by name
    select 'V36' as rule, * from v36_partition_in_values
    union all by name
    select 'V37' as rule, * from v37_shares_of_one_whole
    union all by name
    select 'V38' as rule, * from v38_overlays_never_added
    union all by name
    select 'V39' as rule, * from v39_share_change
    union all by name
    select 'V40' as rule, * from v40_share_sign
    union all by name
    select 'V41' as rule, * from v41_growth_gap
    union all by name
    select 'V42' as rule, * from v42_contribution
    union all by name
    select 'V44' as rule, * from v44_year_to_date
    union all by name
    select 'V45' as rule, * from v45_month_by_difference
    union all by name
    select 'V46' as rule, * from v46_quarters_and_halves
    union all by name
    select 'V47' as rule, * from v47_span_in_span
    union all by name
    select 'V48' as rule, * from v48_growth_to_date
    union all by name
    select 'V49' as rule, * from v49_streak
    union all by name
    select 'V50' as rule, * from v50_record
    union all by name
    select 'V51' as rule, * from v51_province_in_country
    union all by name
    select 'V52' as rule, * from v52_provinces_sum
    union all by name
    select 'V53' as rule, * from v53_city_in_province
    union all by name
    select 'V54' as rule, * from v54_member_in_group
    union all by name
    select 'V55' as rule, * from v55_implied_national
    union all by name
    select 'V56' as rule, * from v56_rank_order
    union all by name
    select 'V57' as rule, * from v57_definition_break
    union all by name
    select 'V58' as rule, * from v58_two_sources
    union all by name
    select 'V59' as rule, * from v59_syndication
    union all by name
    select 'V60' as rule, * from v60_headline_and_body
    union all by name
    select 'V61' as rule, * from v61_yuan_and_dollars
    union all by name
    select 'V62' as rule, * from v62_growth_in_two_currencies
    union all by name
    select 'V63' as rule, * from v63_stance
    union all by name
    select 'V64' as rule, * from v64_unknown_source
    union all by name
    select 'V66' as rule, * from v66_lists_aligned
    union all by name
    select 'V67' as rule, * from v67_translation
    union all by name
    select 'V68' as rule, * from v68_retraction
),
measured as (
    select
        *,
        case
            when relation = '=' then greatest(lhs_lo - rhs_hi, rhs_lo - lhs_hi, 0)
            else greatest(lhs_lo - rhs_hi, 0)
        end::double / scale as miss
    from checked
),
told as (
    select
        m.*,
        coalesce(m.article_id, f.article_id) as told_by,
        coalesce(m.subject, concat_ws(
            ', ', f.reporter, nullif(f.partner, 'World'), f.flow, nullif(f.product, 'all'), nullif(f.enterprise, 'all'),
            nullif(f.regime, 'all'), nullif(f.channel, 'all'), f.period, f.measure
        )) as told_of
    from measured as m
    left join fct_candidate as f on f.figure_id = m.figure_ids[1]
)
select
    lpad(to_hex(hash(rule, subject, told.article_id, figure_ids, lhs_lo, rhs_lo)), 16, '0')::varchar
        as check_id,  -- Hash of the rule, its subject and its figures: stable over rebuilds.
    rule::varchar as rule,  -- Number of the rule in the catalogue of gates.
    told_of::varchar as subject,  -- What was checked, in words: the cell of the first figure.
    told_by::varchar as article_id,  -- The article checked, or that of the first figure.
    relation::varchar as relation,  -- = the intervals must overlap; <= the left must not lie above the right.
    lhs_lo::decimal(38, 6) as lhs_lo,  -- Left side, lowest: what is stated.
    lhs_hi::decimal(38, 6) as lhs_hi,  -- Left side, highest.
    rhs_lo::decimal(38, 6) as rhs_lo,  -- Right side, lowest: what it should be.
    rhs_hi::decimal(38, 6) as rhs_hi,  -- Right side, highest.
    case when miss < 1e-9 then 0 else miss end::double
        as excess,  -- By how much they miss: 0 if they do not, else in the rule's own scale (part of the whole, or points).
    case when miss < 1e-9 then 'holds' else 'differs' end::varchar as verdict,  -- holds or differs.
    figure_ids::varchar[] as figure_ids,  -- The figures that were compared.
    coalesce(blame, [])::varchar[] as suspects  -- Those of them that are withheld if the gate of this rule fails.
from told
