"""What no line of Python may break: a ledger that only grows and always balances, months that stay as settled."""

from django.db import migrations

FOREVER = ("booking", "entry", "rule", "earning", "tally", "inputs")
OF_A_MONTH = ("reading", "monthsfee", "booking", "earning", "tally", "inputs")

FUNCTIONS = """
CREATE FUNCTION royalties_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % stays as it was written; book a correction', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;

-- An empty table may be truncated: nothing is lost.
CREATE FUNCTION royalties_stays_full() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE filled boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', TG_TABLE_NAME) INTO filled;
    IF filled THEN
        RAISE EXCEPTION 'the rows of % stay as they were written', TG_TABLE_NAME USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

-- The share lock makes a settlement wait for whoever is writing, and whoever comes after it see the month closed.
CREATE FUNCTION royalties_month_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM royalties_period WHERE month = NEW.period_id AND settled_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'month % is settled: nothing is added to it', NEW.period_id USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION royalties_period_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.settled_at IS NOT NULL THEN
        RAISE EXCEPTION 'month % is settled and stays so', OLD.month USING ERRCODE = '23514';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION royalties_balances(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE found record;
BEGIN
    SELECT b.entries AS said, count(e.id) AS entries, coalesce(sum(e.minor), 0) AS off,
           coalesce(bool_and(a.currency = b.currency), false) AS one_currency
    INTO found
    FROM royalties_booking b
    LEFT JOIN royalties_entry e ON e.booking_id = b.id LEFT JOIN royalties_account a ON a.id = e.account_id
    WHERE b.id = wanted GROUP BY b.entries;
    IF found.off <> 0 OR found.entries <> found.said OR NOT found.one_currency THEN
        RAISE EXCEPTION 'booking % does not balance: off by %, % entries of %, one currency: %',
            wanted, found.off, found.entries, found.said, found.one_currency USING ERRCODE = '23514';
    END IF;
END $$;

CREATE FUNCTION royalties_booking_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM royalties_balances(NEW.id);
    RETURN NULL;
END $$;

-- Once a booking, by its last entry: five thousand publishers in one settlement are added up once.
CREATE FUNCTION royalties_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id = (SELECT max(id) FROM royalties_entry WHERE booking_id = NEW.booking_id) THEN
        PERFORM royalties_balances(NEW.booking_id);
    END IF;
    RETURN NULL;
END $$;
"""

PERIOD = """
CREATE TRIGGER royalties_period_stays BEFORE UPDATE OR DELETE ON royalties_period
    FOR EACH ROW EXECUTE FUNCTION royalties_period_stays();
CREATE CONSTRAINT TRIGGER royalties_booking_balances AFTER INSERT ON royalties_booking
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION royalties_booking_balances();
CREATE CONSTRAINT TRIGGER royalties_entry_balances AFTER INSERT ON royalties_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION royalties_entry_balances();
"""

STAYS = """
CREATE TRIGGER royalties_{0}_stays BEFORE UPDATE OR DELETE ON royalties_{0}
    FOR EACH ROW EXECUTE FUNCTION royalties_stays();
CREATE TRIGGER royalties_{0}_stays_full BEFORE TRUNCATE ON royalties_{0}
    FOR EACH STATEMENT EXECUTE FUNCTION royalties_stays_full();
"""

OPEN = """
CREATE TRIGGER royalties_{0}_month_is_open BEFORE INSERT ON royalties_{0}
    FOR EACH ROW EXECUTE FUNCTION royalties_month_is_open();
"""

DOWN = """
DROP TRIGGER royalties_period_stays ON royalties_period;
DROP TRIGGER royalties_booking_balances ON royalties_booking;
DROP TRIGGER royalties_entry_balances ON royalties_entry;
DROP FUNCTION royalties_stays, royalties_stays_full, royalties_month_is_open, royalties_period_stays,
    royalties_balances, royalties_booking_balances, royalties_entry_balances CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("royalties", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(PERIOD, DOWN),
        *(migrations.RunSQL(STAYS.format(table), migrations.RunSQL.noop) for table in FOREVER),
        *(migrations.RunSQL(OPEN.format(table), migrations.RunSQL.noop) for table in OF_A_MONTH),
    ]
