-- One staged line: one version of one article with its figures and numerals still nested. A line may stand in two parts.
select *
from read_json(
    getvariable('staging_parts'),
    format = 'newline_delimited',
    maximum_object_size = getvariable('staging_longest'),
    columns = {
        article_id: 'varchar', sha256: 'varchar', name: 'varchar', url: 'varchar', title: 'varchar',
        publisher: 'varchar', source: 'varchar', lang: 'varchar', published: 'varchar',
        fetched_at: 'varchar', status: 'varchar', reason: 'varchar', text: 'varchar',
        figures: 'struct(figure_id varchar, reporter varchar, partner varchar, flow varchar,
            product varchar, enterprise varchar, regime varchar, channel varchar, period varchar,
            measure varchar, unit varchar, "value" varchar, step varchar, lo varchar, hi varchar,
            bound varchar, stance varchar, basis varchar, counted varchar, "by" varchar, "of" varchar,
            rule varchar, places struct("start" integer, "end" integer, printed varchar)[])[]',
        numerals: 'struct("start" integer, "end" integer, printed varchar, fate varchar,
            reason varchar, rule varchar, figure_ids varchar[])[]'
    }
)
