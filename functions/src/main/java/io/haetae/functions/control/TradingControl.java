package io.haetae.functions.control;

import io.haetae.config.Settings;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Portfolios;
import io.haetae.risk.Arming;
import io.haetae.risk.Armings;
import io.haetae.risk.TradingState;
import io.haetae.risk.TradingStates;
import io.haetae.store.ArmingMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Store;
import io.haetae.store.TradingStateMapper;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Halts, resumes, arms and disarms, each a single conditional transaction an account, and tells what stands. The console
 * of one machine and the cloud's function say the same words through it.
 */
public final class TradingControl {

    /** A second key that lasts for ever is none. */
    static final Duration LONGEST_ARMING = Duration.ofDays(31);

    private static final int LONGEST_WORDS = 200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Settings settings;
    private final Portfolios books;
    private final TradingStates states;
    private final Armings armings;
    private final ZoneId zone;

    /**
     * Who says so, and why.
     *
     * @throws IllegalArgumentException when either says nothing, or is more than a line
     */
    public record Word(String by, String reason) {
        public Word {
            check("the name", by);
            check("the reason", reason);
        }

        private static void check(String what, String text) {
            if (text.isBlank() || text.length() > LONGEST_WORDS || text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "%s must be one line of 1 to %d characters".formatted(what, LONGEST_WORDS));
            }
        }
    }

    /** @param zone times are told in */
    public TradingControl(Store store, Settings settings, ZoneId zone) {
        this.settings = settings;
        this.books = new PortfolioMapper(store);
        this.states = new TradingStateMapper(store);
        this.armings = new ArmingMapper(store);
        this.zone = zone;
    }

    /**
     * Restricts every account that is traded for, or has a book: a halt too many is lifted with a word, one too few is not.
     *
     * @param venue only there; everywhere when it is empty
     * @param state REDUCING or HALTED; an account that is more restricted stays so
     * @return one line an account
     */
    public List<String> halt(Optional<Venue> venue, TradingState state, Word word, Instant at) {
        return at(venue, Accounts.all(books, settings)).stream()
                .map(account -> line(account, states.raise(account, state, word.by(), word.reason(), at)))
                .toList();
    }

    /**
     * Sets free what the settings mean: who resumes a dry run has not spoken of real money.
     *
     * @param venue only there; everywhere when it is empty
     * @return one line an account, and one for each that stays restricted
     */
    public List<String> resume(Optional<Venue> venue, Word word, Instant at) {
        List<AccountId> meant = at(venue, Accounts.configured(settings));
        List<String> lines = new ArrayList<>();
        for (AccountId account : meant) {
            TradingStates.Standing before = states.get(account);
            boolean restricted = before.state() != TradingState.ACTIVE;
            TradingStates.Standing after =
                    restricted ? states.set(account, TradingState.ACTIVE, word.by(), word.reason(), at) : before;
            lines.add(line(account, after)
                    + (restricted
                            ? ", was %s (%s: %s)".formatted(before.state(), before.by(), before.reason())
                            : ", as it was"));
        }
        Accounts.all(books, settings).stream()
                .filter(account -> !meant.contains(account))
                .filter(account -> states.get(account).state() != TradingState.ACTIVE)
                .forEach(account -> lines.add("not resumed: " + line(account, states.get(account))));
        return lines;
    }

    /**
     * Turns the second key of a venue's live account.
     *
     * @param until at most 31 days ahead
     * @param maxNotional of all entries under this arming together, in the account's currency
     * @throws IllegalArgumentException with one line, when the venue's environment has no real money or a value makes no
     *     sense
     */
    public List<String> arm(Venue venue, Word word, Instant at, Instant until, BigDecimal maxNotional) {
        Arming wanted = arming(settings, venue, word, at, until, maxNotional);
        AccountId account = wanted.account();
        Arming arming = armings.arm(account, word.by(), word.reason(), at, until, maxNotional);
        List<String> lines = new ArrayList<>(List.of(armed(arming, at), line(account, states.get(account))));
        if (Accounts.mode(settings, venue) != Mode.LIVE) {
            lines.add("note: these settings say mode %s, so this key alone sends nothing; the other one is %s=false"
                    .formatted(Accounts.mode(settings, venue), firstKey(venue)));
        }
        return lines;
    }

    /**
     * What {@link #arm} would write.
     *
     * @throws IllegalArgumentException as {@link #arm}
     */
    public static Arming arming(
            Settings settings, Venue venue, Word word, Instant at, Instant until, BigDecimal maxNotional) {
        if (!real(settings, venue)) {
            throw new IllegalArgumentException(
                    "%s is the venue's own simulation: nothing there needs arming".formatted(environment(venue)));
        }
        if (until.isAfter(at.plus(LONGEST_ARMING))) {
            throw new IllegalArgumentException("an arming until %s is too long: at most %d days from now, until %s"
                    .formatted(until, LONGEST_ARMING.toDays(), at.plus(LONGEST_ARMING)));
        }
        return new Arming(Accounts.of(settings, venue, Mode.LIVE), word.by(), word.reason(), at, until, maxNotional, 0);
    }

    /**
     * Ends armings. Working entries are cancelled by the next run of a trading job; exits go on.
     *
     * @param venue only there; everywhere when it is empty
     * @return one line a live account
     */
    public List<String> disarm(Optional<Venue> venue, Word word, Instant at) {
        return live(venue).stream()
                .map(account -> account
                        + armings.disarm(account, word.by(), word.reason(), at)
                                .map(ended -> ": disarmed by %s (%s), was armed by %s until %s"
                                        .formatted(word.by(), word.reason(), ended.by(), shown(ended.until())))
                                .orElse(": was not armed"))
                .toList();
    }

    /** Mode, trading state and arming of every account that is traded for or has a book. */
    public List<String> status(Instant at) {
        List<String> lines = new ArrayList<>();
        for (AccountId account : Accounts.all(books, settings)) {
            boolean meant = Accounts.configured(settings).contains(account);
            lines.add("trading state " + line(account, states.get(account))
                    + (meant ? "" : ", not traded for: the settings say " + Accounts.mode(settings, account.venue())));
            if (account.mode() == Mode.LIVE) {
                lines.add(armings.get(account)
                        .map(arming -> armed(arming, at))
                        .orElse(account + ": not armed, entries are denied: ./haetae arm --venue " + account.venue()
                                + " turns the second key"));
            }
        }
        return lines;
    }

    private String armed(Arming arming, Instant at) {
        String currency = arming.account().currency();
        return "%s: armed by %s (%s) %s %s, entries of at most %s %s together, %s used"
                .formatted(
                        arming.account(),
                        arming.by(),
                        arming.reason(),
                        arming.holdsAt(at) ? "until" : "but lapsed at",
                        shown(arming.until()),
                        money(arming.maxNotional()),
                        currency,
                        money(armings.spent(arming)));
    }

    private List<AccountId> live(Optional<Venue> venue) {
        return at(
                venue,
                List.of(Venue.values()).stream()
                        .map(each -> Accounts.of(settings, each, Mode.LIVE))
                        .toList());
    }

    private static List<AccountId> at(Optional<Venue> venue, List<AccountId> accounts) {
        return accounts.stream()
                .filter(account -> venue.isEmpty() || account.venue() == venue.get())
                .toList();
    }

    private static boolean real(Settings settings, Venue venue) {
        return switch (venue) {
            case KIS -> !settings.kis().paper();
            case SAXO -> settings.saxo().live();
        };
    }

    private static String environment(Venue venue) {
        return switch (venue) {
            case KIS -> "KIS_ENV=paper";
            case SAXO -> "SAXO_ENV=SIM";
        };
    }

    private static String firstKey(Venue venue) {
        return switch (venue) {
            case KIS -> "ORCHESTRATOR_DRY_RUN";
            case SAXO -> "DRY_RUN";
        };
    }

    private String shown(Instant moment) {
        return TIME.format(moment.atZone(zone)) + " (" + zone + ")";
    }

    private static String money(BigDecimal amount) {
        return new DecimalFormat("#,##0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(amount);
    }

    private static String line(AccountId account, TradingStates.Standing standing) {
        return account + ": " + standing.state()
                + (standing.reason().isEmpty() ? "" : " (" + standing.by() + ": " + standing.reason() + ")");
    }
}
