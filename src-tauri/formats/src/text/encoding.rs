//! Which letters the bytes of a text file stand for: a byte order mark, valid UTF-8, UTF-16, or a judgement among the
//! one-byte encodings of European tills.

mod hints;

use std::collections::HashMap;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
};

use larder_tables::parallel;

use super::blocks::Blocks;
use super::ibm850;
use super::suits::suits;
use crate::kinds::words;

/// An encoding of the Encoding Standard, or one that it lacks: code page 850, four bytes a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letters {
    Standard(&'static Encoding),
    Ibm850,
    Utf32 {
        /// The highest byte comes first.
        big: bool,
    },
}

/// What was found out about a file's encoding.
#[derive(Debug, Clone)]
pub(crate) struct Guess {
    pub letters: Letters,
    /// Bytes of the byte order mark.
    pub mark_bytes: usize,
    /// Another encoding would read differently and nearly as well.
    pub unsure: bool,
    /// The others, best first.
    pub others: Vec<Letters>,
    /// The first word with a letter beyond ASCII, as bytes.
    pub example: Vec<u8>,
}

impl Letters {
    /// The label of the Encoding Standard in lower case, or `ibm850`.
    pub fn name(self) -> String {
        match self {
            Letters::Standard(encoding) => encoding.name().to_ascii_lowercase(),
            Letters::Ibm850 => "ibm850".to_owned(),
            Letters::Utf32 { big: false } => "utf-32le".to_owned(),
            Letters::Utf32 { big: true } => "utf-32be".to_owned(),
        }
    }

    /// By a label.
    pub fn for_label(label: &str) -> Option<Letters> {
        match label.trim().to_ascii_lowercase().as_str() {
            "ibm850" | "cp850" | "850" | "ibm-850" => Some(Letters::Ibm850),
            "utf-32le" | "utf-32" => Some(Letters::Utf32 { big: false }),
            "utf-32be" => Some(Letters::Utf32 { big: true }),
            other => Encoding::for_label(other.as_bytes()).map(Letters::Standard),
        }
    }

    /// A byte of a line end is a line end wherever it stands, and what stands before it does not matter: the text can be cut
    /// there.
    pub fn lines_are_bytes(self) -> bool {
        match self {
            Letters::Ibm850 => true,
            Letters::Utf32 { .. } => false,
            Letters::Standard(encoding) => encoding.is_ascii_compatible() && encoding != encoding_rs::ISO_2022_JP,
        }
    }

    /// A whole block of lines; without a copy where it can be.
    pub fn text(self, bytes: Vec<u8>) -> String {
        match self {
            Letters::Standard(encoding) if encoding == UTF_8 => {
                String::from_utf8(bytes).unwrap_or_else(|error| self.decode(error.as_bytes()))
            }
            _ => self.decode(&bytes),
        }
    }

    /// All of some bytes at once, for examples.
    pub fn decode(self, bytes: &[u8]) -> String {
        let mut out = String::new();
        Decoder::new(self).decode(bytes, true, &mut out);
        out
    }
}

/// Turns blocks of bytes into text.
pub(crate) enum Decoder {
    Standard(Box<encoding_rs::Decoder>),
    Table(Box<[char; 128]>),
    /// Four bytes a letter: whether the highest comes first, and the bytes of a letter that the block cut.
    Wide {
        big: bool,
        cut: Vec<u8>,
    },
}

impl Decoder {
    pub fn new(letters: Letters) -> Decoder {
        match letters {
            Letters::Standard(encoding) => Decoder::Standard(Box::new(encoding.new_decoder_without_bom_handling())),
            Letters::Ibm850 => Decoder::Table(Box::new(ibm850::table())),
            Letters::Utf32 { big } => Decoder::Wide { big, cut: Vec::new() },
        }
    }

    /// Adds the text of these bytes; what cannot be becomes U+FFFD.
    pub fn decode(&mut self, bytes: &[u8], last: bool, out: &mut String) {
        match self {
            Decoder::Standard(decoder) => {
                if let Some(most) = decoder.max_utf8_buffer_length(bytes.len()) {
                    out.reserve(most.min(bytes.len() + bytes.len() / 4 + 64));
                }
                let mut rest = bytes;
                loop {
                    let (result, read, _) = decoder.decode_to_string(rest, out, last);
                    rest = &rest[read..];
                    match result {
                        encoding_rs::CoderResult::InputEmpty => break,
                        encoding_rs::CoderResult::OutputFull => out.reserve(rest.len() + 64),
                    }
                }
            }
            Decoder::Wide { big, cut } => {
                let all = [cut.as_slice(), bytes].concat();
                let letters = all.chunks_exact(4).map(|four| {
                    let four = [four[0], four[1], four[2], four[3]];
                    let number = if *big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) };
                    char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
                });
                out.extend(letters);
                *cut = all[all.len() / 4 * 4..].to_vec();
            }
            Decoder::Table(table) => {
                out.extend(
                    bytes.iter().map(|b| if b.is_ascii() { char::from(*b) } else { table[usize::from(b - 128)] }),
                );
            }
        }
    }
}

/// Finds the encoding of a file.
pub(crate) fn guess(blocks: &Blocks<'_>) -> Guess {
    let head = blocks.blocks.front().map_or(&[][..], Vec::as_slice);
    let sure = |letters, mark_bytes| Guess {
        letters: Letters::Standard(letters),
        mark_bytes,
        unsure: false,
        others: Vec::new(),
        example: Vec::new(),
    };
    let wide32 = |big, mark_bytes| Guess { letters: Letters::Utf32 { big }, ..sure(UTF_8, mark_bytes) };
    match head {
        [0xff, 0xfe, 0, 0, ..] => return wide32(false, 4),
        [0, 0, 0xfe, 0xff, ..] => return wide32(true, 4),
        // Without a mark: of the first letters only the lowest byte is none.
        [a, 0, 0, 0, b, 0, 0, 0, ..] if *a != 0 && *b != 0 => return wide32(false, 0),
        [0, 0, 0, a, 0, 0, 0, b, ..] if *a != 0 && *b != 0 => return wide32(true, 0),
        _ => {}
    }
    if let Some((encoding, bytes)) = Encoding::for_bom(head) {
        return sure(encoding, bytes);
    }
    if let Some(encoding) = wide(head) {
        return sure(encoding, 0);
    }
    // What is right in each block is right in all of them.
    let bytes = &blocks.blocks;
    let valid = parallel::each(bytes.len(), &|block| std::str::from_utf8(&bytes[block]).is_ok());
    if valid.into_iter().all(|valid| valid) {
        return sure(UTF_8, 0);
    }
    let survey = Survey::of(blocks);
    if survey.broken == 0 {
        return sure(UTF_8, 0);
    }
    if survey.letters > survey.broken * 20 {
        let mut guess = judge(&survey, blocks);
        guess.others.insert(0, guess.letters);
        return Guess { letters: Letters::Standard(UTF_8), unsure: true, ..guess };
    }
    judge(&survey, blocks)
}

/// UTF-16 without a mark: every other byte of Western text is zero.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(4_096) & !1];
    if head.len() < 4 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count() * 2;
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > head.len() * 4 && even * 20 < head.len() {
        return Some(UTF_16LE);
    }
    (even * 10 > head.len() * 4 && odd * 20 < head.len()).then_some(UTF_16BE)
}

/// What stands in a file beyond ASCII.
#[derive(Default)]
struct Survey {
    /// Letters of UTF-8 of more than one byte.
    letters: u64,
    /// Places where it is no UTF-8.
    broken: u64,
    /// A byte beyond ASCII with its neighbours, and how often.
    around: HashMap<[u8; 3], u32>,
    example: Vec<u8>,
    /// The first different words with such bytes.
    words: Vec<Vec<u8>>,
}

/// Words kept of a survey.
const WORDS: usize = 32;

impl Survey {
    fn of(blocks: &Blocks) -> Survey {
        let mut survey = Survey::default();
        let mut carried: Vec<u8> = Vec::new();
        let count = blocks.blocks.len();
        for (place, block) in blocks.blocks.iter().enumerate() {
            let joined;
            let bytes = if carried.is_empty() {
                block
            } else {
                carried.extend_from_slice(block);
                joined = std::mem::take(&mut carried);
                &joined
            };
            let rest = survey.validate(bytes, place + 1 == count && !blocks.cut);
            carried = rest.to_vec();
        }
        survey
    }

    /// Counts letters and breaks; hands back a letter cut by the end of the block.
    fn validate<'a>(&mut self, bytes: &'a [u8], last: bool) -> &'a [u8] {
        let mut from = 0;
        loop {
            let error = match std::str::from_utf8(&bytes[from..]) {
                Ok(text) => {
                    self.add(text.as_bytes());
                    return &[];
                }
                Err(error) => error,
            };
            let at = from + error.valid_up_to();
            self.add(&bytes[from..at]);
            let length = match error.error_len() {
                None if !last => return &bytes[at..],
                None => bytes.len() - at,
                Some(length) => length,
            };
            self.broken += 1;
            // What stood before a byte tells as much where that one is broken, too: a blank that does not break, a euro.
            for place in at..at + length {
                self.collect(bytes, place);
            }
            from = at + length;
        }
    }

    fn add(&mut self, valid: &[u8]) {
        if !valid.is_ascii() {
            self.letters += valid.iter().filter(|b| **b >= 0xC0).count() as u64;
        }
    }

    /// Letters of two bytes and more, as in East Asia: the bytes beyond ASCII stand beside each other, and nearly all of
    /// them read.
    fn is_of_pairs(&self, encoding: &'static Encoding, blocks: &Blocks) -> bool {
        let (head, _) = blocks.samples(64 << 10);
        let (mut letters, mut other) = (0u64, 0u64);
        for letter in Letters::Standard(encoding).decode(&head).chars().filter(|c| !c.is_ascii()) {
            match letter {
                '\u{3000}'..='\u{30ff}'
                | '\u{3400}'..='\u{9fff}'
                | '\u{ac00}'..='\u{d7af}'
                | '\u{ff00}'..='\u{ffef}' => {
                    letters += 1;
                }
                _ => other += 1,
            }
        }
        letters >= 2 && other * 10 <= letters
    }

    fn collect(&mut self, bytes: &[u8], at: usize) {
        if self.around.len() > 20_000 {
            return;
        }
        let neighbour = |place: Option<usize>| place.and_then(|p| bytes.get(p)).copied().unwrap_or(b'\n');
        let key = [neighbour(at.checked_sub(1)), bytes[at], neighbour(Some(at + 1))];
        let times = self.around.entry(key).or_default();
        *times += 1;
        if *times == 1 && self.words.len() < WORDS {
            let is_end = |b: &u8| matches!(b, b'\n' | b'\r' | b'\t' | b';' | b',' | b'|' | b'"' | b' ');
            let from =
                bytes[..at].iter().rev().take(40).position(is_end).map_or(at.saturating_sub(40), |back| at - back);
            let to = bytes[at..].iter().take(40).position(is_end).map_or((at + 40).min(bytes.len()), |on| at + on);
            let word = bytes[from..to].to_vec();
            if self.example.is_empty() {
                self.example.clone_from(&word);
            }
            if !self.words.contains(&word) {
                self.words.push(word);
            }
        }
    }
}

fn judge(survey: &Survey, blocks: &Blocks) -> Guess {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for block in blocks.blocks.iter().take(2) {
        detector.feed(&block[..block.len().min(1 << 20)], false);
    }
    detector.feed(&[], true);
    let modelled = detector.guess(None, Utf8Detection::Deny);
    let mut candidates: Vec<(Letters, f64)> = [WINDOWS_1252, MACINTOSH, WINDOWS_1250, WINDOWS_1251]
        .into_iter()
        .map(Letters::Standard)
        .chain([Letters::Ibm850])
        .map(|letters| (letters, score(survey, letters)))
        .collect();
    let letters = Letters::Standard(modelled);
    if !modelled.is_single_byte() && survey.is_of_pairs(modelled, blocks) {
        candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
        let others = candidates.into_iter().map(|(letters, _)| letters).take(4).collect();
        return Guess { letters, mark_bytes: 0, unsure: false, others, example: survey.example.clone() };
    }
    // The model knows the languages of the web, the score knows tills: together they are right more often.
    let nonsense = candidates.iter().all(|(_, score)| *score < 0.3);
    match candidates.iter().position(|(known, _)| *known == letters) {
        Some(place) => candidates[place].1 += 0.9,
        None if modelled.is_single_byte() => candidates.push((letters, score(survey, letters) + 0.9)),
        None if nonsense => candidates.push((letters, 1.0)),
        None => {}
    }
    if survey.has_latin_9() {
        let latin_9 = Letters::Standard(ISO_8859_15);
        candidates.retain(|(letters, _)| *letters != latin_9);
        candidates.push((latin_9, score(survey, latin_9) + 2.0));
    }
    if survey.is_hungarian() {
        let central = candidates.iter_mut().find(|(letters, _)| *letters == Letters::Standard(WINDOWS_1250));
        central.into_iter().for_each(|(_, score)| *score += 2.0);
    }
    candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (best, best_score) = candidates[0];
    let sample: Vec<u8> = survey.around.keys().flatten().copied().collect();
    let now = best.decode(&sample);
    let others: Vec<(Letters, f64)> =
        candidates[1..].iter().copied().filter(|(other, _)| other.decode(&sample) != now).collect();
    // A letter or two prove little.
    let margin = if survey.around.len() <= 2 { 2.0 } else { 1.2 };
    let unsure = best_score < 0.3 || others.first().is_some_and(|(_, score)| best_score - score < margin);
    Guess {
        letters: best,
        mark_bytes: 0,
        unsure,
        others: others.into_iter().map(|(letters, _)| letters).take(4).collect(),
        example: survey.example.clone(),
    }
}

/// How well the letters around each other suit people's words; more is better, below zero is nonsense.
fn score(survey: &Survey, letters: Letters) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (bytes, count) in &survey.around {
        let text: Vec<char> = letters.decode(bytes).chars().collect();
        let [before, letter, after] = text[..] else { return -10.0 };
        let times = f64::from(*count).sqrt();
        sum += times * suits(before, letter, after);
        weight += times;
    }
    if weight == 0.0 { 0.0 } else { sum / weight + known_words(survey, letters) }
}

/// What words that sheets are full of add: `Sì`, `kyllä` and `Março` are hardly an accident.
fn known_words(survey: &Survey, letters: Letters) -> f64 {
    let is_known = |word: &&Vec<u8>| {
        let word = letters.decode(word);
        // Words of other alphabets are no more than their letters say already.
        word.bytes().any(|b| b.is_ascii_alphabetic())
            && (words::boolean(&word).is_some()
                || words::month(&word).is_some()
                || (words::is_weekday(&word) && word.chars().count() > 2)
                || words::is_total(&word))
    };
    match survey.words.iter().filter(is_known).count() {
        0 => 0.0,
        known => 1.5 + 0.5 * known as f64 / survey.words.len() as f64,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> Guess {
        guess(&Blocks::read(&mut std::io::Cursor::new(bytes.to_vec()), None, "x").unwrap())
    }

    #[test]
    fn german_words_in_every_old_encoding() {
        let text = "Artikel;Größe\nBrötchen;klein\nKäsekuchen;groß\nMüsli;halb\nÄpfel;süß\n";
        for encoding in [WINDOWS_1252, MACINTOSH] {
            let guess = told(&encoding.encode(text).0);
            assert_eq!(guess.letters, Letters::Standard(encoding));
            assert!(!guess.unsure, "{encoding:?} {:?}", guess.others);
        }
        let dos: Vec<u8> = text.chars().map(|c| ibm850::byte(c).unwrap()).collect();
        let guess = told(&dos);
        assert_eq!(guess.letters, Letters::Ibm850);
        assert!(!guess.unsure);
        assert_eq!(guess.letters.decode(&guess.example), "Größe");
    }

    #[test]
    fn polish_and_russian_words() {
        for (text, encoding) in [
            ("Nazwa;Ilość\nChleb żytni;5\nBułka maślana;7\nPączek z różą;3\n", WINDOWS_1250),
            ("Название;Количество\nХлеб ржаной;5\nБулочка;7\n", WINDOWS_1251),
        ] {
            assert_eq!(told(&encoding.encode(text).0).letters, Letters::Standard(encoding));
        }
    }

    #[test]
    fn words_of_other_alphabets() {
        for (text, encoding) in [
            ("Προϊόν;Ποσότητα\nΕλαιόλαδο;24\nΜέλι θυμαρίσιο;35\nΕλιές Καλαμών;7\n", encoding_rs::WINDOWS_1253),
            ("姓名,症状,已付款\n王小明,感冒,是\n李秀英,高血压复诊,是\n", encoding_rs::GBK),
            ("商品番号,品名\n0001,予定表\n0002,出欠表ソ\n", encoding_rs::SHIFT_JIS),
            ("이름,주소\n김민수,서울\n이영희,부산\n박지훈,대구\n", encoding_rs::EUC_KR),
        ] {
            assert_eq!(told(&encoding.encode(text).0).letters, Letters::Standard(encoding), "{text}");
        }
    }

    #[test]
    fn euros_beside_figures_are_those_of_latin_9() {
        for text in [
            "Désignation;Prix\nCoffret;45,90 ¤\nBoîte;7,25 ¤\n",
            "N° facture;Montant\nCrêperie;1\u{a0}284,50\u{a0}¤\nC½ur;96,00\u{a0}¤\nLefèvre d'Août;45,00\u{a0}¤\n",
            "Désignation;Prix\nCoffret;¤45,90\nBoîte;¤7,25\n",
            "Désignation;Prix (¤)\nCoffret;45,90\nBoîte à thé;7,25\n",
        ] {
            let bytes: Vec<u8> = text.chars().map(|c| c as u32 as u8).collect();
            assert_eq!(told(&bytes).letters, Letters::Standard(ISO_8859_15), "{text}");
        }
    }

    #[test]
    fn the_same_byte_in_words_is_a_letter() {
        let text = "Artículo;Año\nPiña;3\nCaña de España;4\nÑoquis;5\nMañana;6\n";
        let dos: Vec<u8> = text.chars().map(|c| ibm850::byte(c).unwrap()).collect();
        assert_eq!(told(&dos).letters.decode(&dos), text);
        for (text, encoding) in [
            ("Désignation;Prix\nCoffret;45,90\u{a0}€\nBoîte;7,25\u{a0}€\nCrêpe;3\u{a0}€\n", WINDOWS_1252),
            ("Nazwa;Cena\nChleb żytni;5,20\u{a0}€\nBułka maślana;7\u{a0}€\nPączek z różą;3\u{a0}€\n", WINDOWS_1250),
        ] {
            assert_eq!(told(&encoding.encode(text).0).letters, Letters::Standard(encoding), "{text}");
        }
    }

    #[test]
    fn one_known_word_tells_the_letters() {
        for (text, encoding) in [
            ("Cliente;Incassato\nRossi;No\nGalli;Sì\n", WINDOWS_1252),
            ("Dátum;Nap\n2026.03.09. hétfő;a\n2026.03.10. kedd;b\n", WINDOWS_1250),
        ] {
            let guess = told(&encoding.encode(text).0);
            assert_eq!(guess.letters.decode(&encoding.encode(text).0), text);
        }
    }

    #[test]
    fn four_bytes_a_letter() {
        for (big, mark) in [(false, true), (true, true), (false, false), (true, false)] {
            let text = if mark { "\u{feff}Vara;Gräddbulle\n" } else { "Vara;Gräddbulle\n" };
            let bytes = |c: char| if big { (c as u32).to_be_bytes() } else { (c as u32).to_le_bytes() };
            let guess = told(&text.chars().flat_map(bytes).collect::<Vec<u8>>());
            assert_eq!((guess.letters, guess.mark_bytes), (Letters::Utf32 { big }, if mark { 4 } else { 0 }));
        }
    }

    #[test]
    fn one_single_letter_leaves_a_doubt() {
        let guess = told(b"Name;Menge\nBr\x94tchen;3\n");
        assert!(guess.unsure);
        assert!(!guess.others.is_empty());
    }

    #[test]
    fn wide_text_with_and_without_a_mark() {
        let plain: Vec<u8> = "Artikel\tMenge\nBrot\t3\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(told(&plain).letters, Letters::Standard(UTF_16LE));
        let swapped: Vec<u8> = plain.chunks(2).flat_map(|c| [c[1], c[0]]).collect();
        assert_eq!(told(&swapped).letters, Letters::Standard(UTF_16BE));
        let marked = [&[0xff, 0xfe], plain.as_slice()].concat();
        let guess = told(&marked);
        assert_eq!((guess.letters, guess.mark_bytes), (Letters::Standard(UTF_16LE), 2));
    }

    #[test]
    fn a_letter_over_the_edge_of_a_block_is_whole() {
        let pieces = [b"Br\xc3".to_vec(), b"\xb6tchen".to_vec()].into();
        let mut blocks = Blocks { blocks: pieces, bytes: 10, cut: false, rest: None };
        assert_eq!(guess(&blocks).letters, Letters::Standard(UTF_8));
        let mut decoder = Decoder::new(Letters::Standard(UTF_8));
        let mut out = String::new();
        while let Some(block) = blocks.blocks.pop_front() {
            decoder.decode(&block, blocks.blocks.is_empty(), &mut out);
        }
        assert_eq!(out, "Brötchen");
    }

    #[test]
    fn a_few_broken_letters_do_not_make_it_another_encoding() {
        let mut bytes = "Brötchen;Käse\n".repeat(50).into_bytes();
        bytes.extend(b"Br\xf6tchen;1\n");
        let guess = told(&bytes);
        assert_eq!(guess.letters, Letters::Standard(UTF_8));
        assert!(guess.unsure);
    }
}
