package io.haetae.market;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Why a session of the calendar has no complete rows of the Exchange.
 *
 * @param reason what the newest attempt met, one line
 * @param attempts how often its own rows were found missing or unusable
 * @param lastTried when last
 */
public record Refusal(LocalDate session, String reason, int attempts, Instant lastTried) {}
