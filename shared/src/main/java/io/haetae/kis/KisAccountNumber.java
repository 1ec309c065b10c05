package io.haetae.kis;

import io.haetae.config.Secrets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The account at the broker, which is a secret: eight digits and the two of the product.
 *
 * @param number {@code CANO}
 * @param product {@code ACNT_PRDT_CD}, 01 for shares
 */
public record KisAccountNumber(String number, String product) {

    /** The name among the secrets; its form is {@code 12345678-01}. */
    public static final String SECRET = "kis/account";

    private static final Pattern FORM = Pattern.compile("(\\d{8})-?(\\d{2})");

    /**
     * Empty when none is configured.
     *
     * @throws IllegalArgumentException for what is no account number, which the message does not show
     */
    public static Optional<KisAccountNumber> in(Secrets secrets) {
        return secrets.get(SECRET).filter(text -> !text.isBlank()).map(text -> parse(text.strip()));
    }

    private static KisAccountNumber parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "the secret " + SECRET + " is no account: write eight digits, a hyphen and two digits");
        }
        return new KisAccountNumber(matcher.group(1), matcher.group(2));
    }

    /** The text without the account's number. */
    String hide(String text) {
        return text.replace(number, "********");
    }

    @Override
    public String toString() {
        return "KisAccountNumber[hidden]";
    }
}
