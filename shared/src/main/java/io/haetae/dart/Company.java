package io.haetae.dart;

/**
 * A company with a share that is or was listed.
 *
 * @param number 8 digits
 * @param symbol of its common share: six digits or capital letters
 */
public record Company(String number, String symbol, String name) {}
