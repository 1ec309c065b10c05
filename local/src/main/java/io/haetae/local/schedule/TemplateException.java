package io.haetae.local.schedule;

/** {@code template.yaml} cannot be read, or a parameter's value is none that it allows. One line for the user. */
public final class TemplateException extends RuntimeException {

    TemplateException(String message) {
        super(message);
    }

    TemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
