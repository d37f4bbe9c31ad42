"""A large community of one sentence each, made by the database itself: numbers, not people."""

from app import database
from app.migrating import migrate

MEMBERS = 2_000
_WORDS = """ARRAY['Garde', 'Vélo', 'Perceuse', 'Trajet', 'Chien', 'Poussette', 'Devoirs', 'Jardin', 'Meuble', 'Cartons',
    'Chat', 'École', 'Canapé', 'Livres', 'Anglais', 'Tondeuse', 'Remorque', 'Lit', 'Courses', 'Sortie']"""


async def fill(ads: int) -> None:
    """Adds ads until there are `ads`, published a second apart, spread over categories, departments and words."""
    async with database.connection_pool():
        await database.script(
            f"""INSERT INTO member (email, password_hash, first_name, commune, joined_at, confirmed_at, trusted_at)
            SELECT 'm' || i || '@banc.test', '', 'Anne', '29019', now(), now(), now()
            FROM generate_series(1, {MEMBERS}) i
            ON CONFLICT DO NOTHING"""
        )
        there = await database.value("SELECT count(*) FROM listing")
        await database.script(
            f"""
            WITH words AS (SELECT {_WORDS} AS w), people AS (SELECT array_agg(id) AS p FROM member),
            communes AS (SELECT ARRAY['29019', '29232', '35238', '75115', '69383', '13055', '83137', '97411'] AS c,
                ARRAY['29', '29', '35', '75', '69', '13', '83', '974'] AS d,
                ARRAY[48.4, 48.0, 48.1, 48.8, 45.8, 43.3, 43.1, -20.9] AS lat,
                ARRAY[-4.5, -4.1, -1.7, 2.3, 4.9, 5.4, 5.9, 55.4] AS lon)
            INSERT INTO listing (author, category, kind, status, title, body, details, schedule, commune, department,
                region, latitude, longitude, photos, created_at, updated_at, published_at, expires_at)
            SELECT p[1 + i % cardinality(p)],
                (ARRAY['childcare', 'pet_care', 'helping_hand'])[1 + i % 3],
                (ARRAY['request', 'offer'])[1 + (i / 3) % 2], 'published',
                w[1 + i % 20] || ' ' || lower(w[1 + (i / 20) % 20]) || ' n° ' || i,
                'Bonjour, ' || lower(w[1 + (i / 400) % 20]) || ' pour ' || lower(w[1 + (i / 7) % 20]) || ', merci.',
                (ARRAY['{{"children": 2}}', '{{"species": ["cat"]}}', '{{"task": "garden"}}'])[1 + i % 3]::jsonb,
                CASE WHEN i % 2 = 0 THEN
                    '{{"weekly": {{"days": [1, 3], "starts": "16:30:00", "ends": "18:00:00"}}}}'::jsonb END,
                c[1 + i % 8], d[1 + i % 8], '53', lat[1 + i % 8], lon[1 + i % 8], '{{}}', now(), now(),
                now() - i * interval '1 second', now() + interval '50 days'
            FROM generate_series({there} + 1, {ads}) i, words, people, communes
            """
        )
        await database.script("VACUUM ANALYZE listing")


async def main(ads: int) -> None:
    await migrate()
    await fill(ads)
