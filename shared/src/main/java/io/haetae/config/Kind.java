package io.haetae.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the text of a setting becomes a value.
 *
 * @param <T> what it becomes
 */
public sealed interface Kind<T> {

    /** @throws IllegalArgumentException when the text is not of this kind; the message is {@link #expected} */
    T parse(String text);

    /** What is asked for, to follow "must be". */
    String expected();

    /** {@code true} or {@code false}, in any case. */
    record Flag() implements Kind<Boolean> {
        @Override
        public Boolean parse(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException(expected());
            };
        }

        @Override
        public String expected() {
            return "true or false";
        }
    }

    /** A whole number, both ends included. */
    record Whole(int least, int most) implements Kind<Integer> {
        @Override
        public Integer parse(String text) {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException(expected(), notANumber);
            }
            throw new IllegalArgumentException(expected());
        }

        @Override
        public String expected() {
            return "a whole number from %d to %d".formatted(least, most);
        }
    }

    /** A decimal above one number and at most another. */
    record Decimal(String above, String most) implements Kind<BigDecimal> {
        private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,10})?");

        @Override
        public BigDecimal parse(String text) {
            if (PLAIN.matcher(text).matches()) {
                BigDecimal number = new BigDecimal(text);
                if (number.compareTo(new BigDecimal(above)) > 0 && number.compareTo(new BigDecimal(most)) <= 0) {
                    return number;
                }
            }
            throw new IllegalArgumentException(expected());
        }

        @Override
        public String expected() {
            return "a number above %s, at most %s".formatted(above, most);
        }
    }

    /** A time of day, {@code HH:MM}, both ends included. */
    record Time(String earliest, String latest) implements Kind<LocalTime> {
        private static final Pattern CLOCK = Pattern.compile("[0-9]{2}:[0-9]{2}");

        @Override
        public LocalTime parse(String text) {
            if (CLOCK.matcher(text).matches()) {
                try {
                    LocalTime time = LocalTime.parse(text);
                    if (!time.isBefore(LocalTime.parse(earliest)) && !time.isAfter(LocalTime.parse(latest))) {
                        return time;
                    }
                } catch (DateTimeException noSuchTime) {
                    throw new IllegalArgumentException(expected(), noSuchTime);
                }
            }
            throw new IllegalArgumentException(expected());
        }

        @Override
        public String expected() {
            return "a time of day from %s to %s, as HH:MM".formatted(earliest, latest);
        }
    }

    /** A time zone of the IANA database; fixed offsets are refused, since they know no daylight saving. */
    record Zone() implements Kind<ZoneId> {
        @Override
        public ZoneId parse(String text) {
            if (ZoneId.getAvailableZoneIds().contains(text)) {
                return ZoneId.of(text);
            }
            throw new IllegalArgumentException(expected());
        }

        @Override
        public String expected() {
            return "an IANA time zone such as Asia/Seoul";
        }
    }

    /** One of some words, in any case. */
    record Choice(List<String> words) implements Kind<String> {
        public Choice {
            words = List.copyOf(words);
        }

        static Choice of(String... words) {
            return new Choice(List.of(words));
        }

        @Override
        public String parse(String text) {
            for (String word : words) {
                if (word.equalsIgnoreCase(text)) {
                    return word;
                }
            }
            throw new IllegalArgumentException(expected());
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", words);
        }
    }

    /** One of some whole numbers: a schedule's interval must fall on the same minutes of every hour. */
    record Interval(List<Integer> lengths, String unit) implements Kind<Integer> {
        public Interval {
            lengths = List.copyOf(lengths);
        }

        @Override
        public Integer parse(String text) {
            for (Integer length : lengths) {
                if (length.toString().equals(text)) {
                    return length;
                }
            }
            throw new IllegalArgumentException(expected());
        }

        @Override
        public String expected() {
            return "one of %s %s"
                    .formatted(
                            String.join(
                                    ", ", lengths.stream().map(String::valueOf).toList()),
                            unit);
        }
    }

    /** An absolute http or https address, kept without a trailing slash. */
    record Address() implements Kind<String> {
        @Override
        public String parse(String text) {
            try {
                URI uri = new URI(text);
                boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                if (web
                        && uri.getHost() != null
                        && uri.getUserInfo() == null
                        && uri.getQuery() == null
                        && uri.getFragment() == null) {
                    return text.replaceAll("/+$", "");
                }
            } catch (URISyntaxException notAnAddress) {
                throw new IllegalArgumentException(expected(), notAnAddress);
            }
            throw new IllegalArgumentException(expected());
        }

        @Override
        public String expected() {
            return "an http or https address";
        }
    }

    /** Text of a certain form. */
    record Text(String form, String expected) implements Kind<String> {
        @Override
        public String parse(String text) {
            if (Pattern.matches(form, text)) {
                return text;
            }
            throw new IllegalArgumentException(expected);
        }
    }

    /** What the Saxo cycle watches: {@code SYMBOL/AssetType/UIC}, comma between; the UIC may be left out. */
    record Watchlist() implements Kind<List<Settings.WatchedInstrument>> {
        private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9.:-]{1,20}");
        private static final List<String> TYPES = List.of("Stock", "Etf", "FxSpot", "FxCrypto");
        private static final List<String> CRYPTO = List.of("BTC", "ETH", "LTC", "XRP", "ADA");

        @Override
        public List<Settings.WatchedInstrument> parse(String text) {
            List<Settings.WatchedInstrument> watched = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (String part : text.split(",", -1)) {
                Settings.WatchedInstrument instrument = instrument(part.strip());
                if (!seen.add(instrument.symbol() + "/" + instrument.assetType())) {
                    throw new IllegalArgumentException(expected());
                }
                watched.add(instrument);
            }
            return List.copyOf(watched);
        }

        private Settings.WatchedInstrument instrument(String text) {
            String[] fields = text.split("/", -1);
            boolean known = (fields.length == 2 || fields.length == 3)
                    && SYMBOL.matcher(fields[0]).matches()
                    && TYPES.contains(fields[1])
                    && (fields.length == 2 || fields[2].matches("[0-9]{1,12}"));
            if (!known) {
                throw new IllegalArgumentException(expected());
            }
            boolean crypto = CRYPTO.stream().anyMatch(fields[0]::startsWith);
            if (crypto && !fields[1].startsWith("Fx")) {
                throw new IllegalArgumentException(expected());
            }
            return new Settings.WatchedInstrument(
                    fields[0], fields[1], fields.length == 3 ? Long.parseLong(fields[2]) : 0);
        }

        @Override
        public String expected() {
            return "a list SYMBOL/AssetType/UIC,… without repeats, AssetType one of %s (a crypto symbol: FxSpot or FxCrypto), UIC may be left out"
                    .formatted(String.join(", ", TYPES));
        }
    }
}
