package io.haetae.saxo;

/** Where the client takes its access token from, once per call. */
public interface AccessTokens {

    /**
     * A token that should be accepted now.
     *
     * @throws AuthenticationRequiredException when a person has to log in
     * @throws MissingKeyException when nothing is configured
     */
    String current();

    /**
     * A token other than one that Saxo answered 401 to.
     *
     * @throws AuthenticationRequiredException when there is no other
     */
    String insteadOf(String rejected);
}
