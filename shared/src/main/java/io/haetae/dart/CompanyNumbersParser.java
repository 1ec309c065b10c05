package io.haetae.dart;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads {@code CORPCODE.xml} as it arrives: 30 MB for 120,000 companies, of which 4,000 have a share. No document type and
 * no entity of its own is read.
 */
final class CompanyNumbersParser {

    private static final int LONGEST_TEXT = 1_000;

    private CompanyNumbersParser() {}

    /** What the document says: companies, or in their place a status. */
    record Parsed(List<Company> companies, String status, String message) {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** @throws IOException when the answer could not be read to its end */
    static Parsed parse(InputStream xml) throws IOException, UnusableAnswerException {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(xml);
            try {
                return new Document(reader).read();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException broken) {
                throw broken;
            }
            throw new UnusableAnswerException("not XML, or cut off, in line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNumber()));
        } catch (RuntimeException e) {
            // The platform's reader throws these at some malformed documents.
            throw new UnusableAnswerException("not XML that can be read");
        }
    }

    /** The state of one reading. */
    private static final class Document {

        private final XMLStreamReader reader;
        private final List<Company> companies = new ArrayList<>();
        private String status = "";
        private String message = "";
        private String number = "";
        private String symbol = "";
        private String name = "";
        private boolean rooted;

        Document(XMLStreamReader reader) {
            this.reader = reader;
        }

        Parsed read() throws XMLStreamException, UnusableAnswerException {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> start(reader.getLocalName());
                    case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
                    case XMLStreamConstants.DTD -> throw new UnusableAnswerException("a document type");
                    default -> {
                        // Text between the elements.
                    }
                }
            }
            if (!rooted || companies.isEmpty() && status.isEmpty()) {
                throw new UnusableAnswerException("no company and no status");
            }
            return new Parsed(List.copyOf(companies), status, message);
        }

        private void start(String element) throws XMLStreamException, UnusableAnswerException {
            switch (element) {
                case "result" -> rooted = true;
                case "list" -> {
                    number = "";
                    symbol = "";
                    name = "";
                }
                case "corp_code" -> number = text();
                case "corp_name" -> name = text();
                case "stock_code" -> symbol = text();
                case "status" -> status = text();
                case "message" -> message = text();
                default -> {
                    // Names in English, dates of change.
                }
            }
        }

        private void end(String element) throws UnusableAnswerException {
            if (!element.equals("list")) {
                return;
            }
            if (!FilingListParser.NUMBER.matcher(number).matches()) {
                throw new UnusableAnswerException("company " + (companies.size() + 1) + " lacks its number");
            }
            // A company without a share has a blank here.
            if (FilingListParser.SYMBOL.matcher(symbol).matches()) {
                companies.add(new Company(number, symbol, name));
            } else if (!symbol.isEmpty()) {
                throw new UnusableAnswerException("company " + number + ": stock_code is none");
            }
        }

        private String text() throws XMLStreamException, UnusableAnswerException {
            String text = reader.getElementText();
            if (text.length() > LONGEST_TEXT) {
                throw new UnusableAnswerException("a text of " + text.length() + " characters");
            }
            return text.strip();
        }
    }
}
