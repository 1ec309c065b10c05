package io.haetae.local.market;

import java.util.HashSet;
import java.util.Set;

/** Makes up names of companies, each once. */
final class CompanyNames {

    record Name(String korean, String english) {}

    private static final String[][] FIRST = {
        {"가람", "Garam"}, {"나린", "Narin"}, {"다솔", "Dasol"}, {"라온", "Raon"}, {"마루", "Maru"}, {"미르", "Mir"},
        {"바름", "Bareum"}, {"보람", "Boram"}, {"새벽", "Saebyeok"}, {"서린", "Seorin"}, {"소담", "Sodam"}, {"아라", "Ara"},
        {"여울", "Yeoul"}, {"온새", "Onsae"}, {"윤슬", "Yunseul"}, {"이든", "Ideun"}, {"잔별", "Janbyeol"}, {"찬솔", "Chansol"},
        {"초롱", "Chorong"}, {"타래", "Tarae"}, {"푸른", "Pureun"}, {"하람", "Haram"}, {"한울", "Hanul"}, {"해솔", "Haesol"}
    };
    private static final String[][] SECOND = {
        {"강", "gang"}, {"결", "gyeol"}, {"길", "gil"}, {"늘", "neul"}, {"담", "dam"}, {"들", "deul"}, {"령", "ryeong"},
        {"빛", "bit"}, {"샘", "saem"}, {"실", "sil"}, {"원", "won"}, {"찬", "chan"}, {"터", "teo"}, {"향", "hyang"}
    };
    private static final String[][] TRADE = {
        {"전자", "Electronics"}, {"화학", "Chemical"}, {"제약", "Pharm"}, {"바이오", "Bio"}, {"건설", "Construction"},
        {"중공업", "Heavy Industries"}, {"식품", "Foods"}, {"금속", "Metal"}, {"반도체", "Semiconductor"}, {"소재", "Materials"},
        {"물산", "Trading"}, {"홀딩스", "Holdings"}, {"통신", "Telecom"}, {"기계", "Machinery"}, {"에너지", "Energy"},
        {"소프트", "Soft"}, {"게임즈", "Games"}, {"로지스", "Logis"}
    };

    private final Set<String> taken = new HashSet<>();

    Name next(Rng rng) {
        while (true) {
            String[] first = FIRST[rng.below(FIRST.length)];
            String[] second = SECOND[rng.below(SECOND.length)];
            String[] trade = TRADE[rng.below(TRADE.length)];
            String korean = first[0] + second[0] + trade[0];
            if (taken.add(korean)) {
                return new Name(korean, (first[1] + second[1] + " " + trade[1]));
            }
        }
    }
}
