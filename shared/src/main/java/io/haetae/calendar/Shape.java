package io.haetae.calendar;

import java.time.LocalDate;
import java.time.LocalTime;

/** How the sessions of one exchange follow from a date and the wall-clock hours of continuous trading. */
interface Shape {

    Session session(LocalDate date, LocalTime open, LocalTime close);
}
