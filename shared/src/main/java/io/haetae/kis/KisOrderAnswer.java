package io.haetae.kis;

import io.haetae.kis.KisException.Kind;
import java.util.regex.Pattern;

/**
 * What an answer to an order proves. Only a refusal that is known to come before an order is taken proves that nothing was
 * taken; whatever is not understood proves nothing.
 */
final class KisOrderAnswer {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

    /**
     * How the systems that check orders name their refusals: {@code APBK}, {@code KIER}, input checks {@code OPSQ}, and the
     * paper environment with eight digits. The gateway's own {@code EGW} are told one by one, for some of them are timeouts.
     */
    private static final Pattern REFUSAL = Pattern.compile("(APBK|KIER|OPSQ)\\d{4,6}|4\\d{7}|MCA00124|IGW00002");

    /** "be sure to check the transaction before", "time exceeded": said with any code, it is not known what happened. */
    private static final Pattern DOUBT = Pattern.compile("직전 ?거래|시간이? ?초과|확인하시기|timeout", Pattern.CASE_INSENSITIVE);

    private KisOrderAnswer() {}

    sealed interface Verdict {

        /**
         * The broker has the order.
         *
         * @param number ten digits, of the day and branch
         */
        record Taken(String number) implements Verdict {}

        /** Nothing was taken, and asking again would not help. */
        record Refused(String code, String text) implements Verdict {}

        /** Nothing was taken for now: too many calls. */
        record Throttled(String code, String text) implements Verdict {}

        /** Nothing was taken with this token. */
        record TokenRefused(String code, String text) implements Verdict {}

        /** Nobody who judges orders has seen it: it did not reach the broker, or its gateway turned it away. */
        record Unjudged(String code, String text) implements Verdict {}

        record Unsure(String cause) implements Verdict {}
    }

    /** The HTTP status means nothing beside a body, except 401 and 429, which come before anything is taken. */
    static Verdict verdict(String call, int status, byte[] body) {
        KisAnswer answer;
        try {
            answer = KisAnswer.object(call, status, body);
        } catch (KisException e) {
            return e.kind() == Kind.RATE_LIMITED
                    ? new Verdict.Throttled("HTTP_429", "too many calls")
                    : new Verdict.Unsure("HTTP " + status + ", not a JSON object");
        }
        String number =
                answer.field("output").isObject() ? new KisAnswer(call, answer.field("output")).text("ODNO") : "";
        String code = answer.code().isEmpty() ? "HTTP_" + status : answer.code();
        String heard = "HTTP " + status + ", " + answer.code() + " " + answer.said();
        if (answer.text("rt_cd").equals("0")) {
            return NUMBER.matcher(number).matches()
                    ? new Verdict.Taken(padded(number))
                    : new Verdict.Unsure("taken, but without an order number: " + heard);
        }
        if (!number.isEmpty()) {
            return new Verdict.Unsure("refused, but with an order number: " + heard);
        }
        if (DOUBT.matcher(answer.said()).find()) {
            return new Verdict.Unsure(heard);
        }
        return refusal(status, code, answer.said(), heard);
    }

    private static Verdict refusal(int status, String code, String said, String heard) {
        return switch (code) {
            case "EGW00201", "EGW00215", "HTTP_429" -> new Verdict.Throttled(code, said);
            case "EGW00121", "EGW00122", "EGW00123", "HTTP_401" -> new Verdict.TokenRefused(code, said);
            // A key, or an environment, that the gateway does not let in.
            case "EGW00103", "EGW00105", "EGW00304", "EGW02004", "EGW02006", "EGW00213" ->
                new Verdict.Unjudged(code, said);
            default ->
                REFUSAL.matcher(code).matches() && (status == 200 || status == 500)
                        ? new Verdict.Refused(code, said)
                        : new Verdict.Unsure(heard);
        };
    }

    /** Numbers are ten digits, with zeros in front. */
    static String padded(String number) {
        return "0".repeat(Math.max(0, 10 - number.length())) + number;
    }
}
