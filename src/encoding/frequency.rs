//! How ordinary a character is in running text, the evidence by which encodings are told apart.

use std::sync::LazyLock;

use super::charset::{COMMON, charsets};

/// About half of all Han characters in modern prose are one of these, in either script.
const FREQUENT: &str = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业這個們來爲國說時會對於過發後裏裡種經麼學現當沒動還進樣開從實軍無與長機關點業為";

/// The next few hundred.
const USUAL: &str = "外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运革罢似虽乎呢字吃怎士倒连阿未言竟叫写古艺怕青笑流译倘章爱须夫读近曾故旧亲早谓集底终讲算脸半往级究风君花句远九阶七苦改谈篇杀满刻容例约忽胡钱称语影京孩失母坐评极校服渐足照印谁八將兩間問並應戰頭體見產話內給門兒東聲員論處義幾認條氣題爾別變總電數報結務場計資許統區隊決馬書則聽卻達強難權設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運罷雖喫連寫藝譯愛須讀舊親謂終講臉級風遠階談殺滿約錢稱語評極漸誰気円売読駅対発県体様会実";

const FREQUENT_KANA: &str =
    "のにはをたがでてとしれさいなもかるっらりあうこおくまきすえけせそよつだどめじみわんちやばろほ、。";

const FREQUENT_HANGUL: &str = "이다는의에가을를고한은하지로도사기인어리시대서자해나일아그정라수보제게으면만과있들전주여장스성상구조부원동었였했니려히러까할것없않말오와같우거간국안된적될때내습당물건개세";

/// Weight of each character of the basic plane: above zero for what running text is made of, below for what shows up
/// when bytes are read in the wrong encoding.
static WEIGHTS: LazyLock<Vec<i8>> = LazyLock::new(|| {
    let mut weights: Vec<i8> = (0..=0xFFFFu32).map(|code| char::from_u32(code).map_or(-20, weight_by_block)).collect();
    for (characters, weight) in [(USUAL, 4), (FREQUENT, 7), (FREQUENT_KANA, 5), (FREQUENT_HANGUL, 5)] {
        characters.chars().for_each(|character| weights[character as usize] = weight);
    }
    weights
});

fn weight_by_block(character: char) -> i8 {
    match character {
        '\t' | '\n' | '\r' | '\x0C' | ' '..='~' => 0,
        '\0'..='\x1F' | '\x7F'..='\u{9F}' => -20,
        '\u{A0}' | '·' | '—' | '…' | '‘' | '’' | '“' | '”' | '\u{3000}'..='\u{3011}' | '〔' | '〕' => 3,
        '，' | '！' | '？' | '：' | '；' | '（' | '）' => 4,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' | '％' | '～' | '－' => 1,
        '\u{3041}'..='\u{3096}' => 3,
        '\u{30A1}'..='\u{30FE}' => 3,
        '①'..='⑳' | '※' | '→' | '●' | '○' | '■' | '□' | '◆' | '◇' | '★' | '☆' | '▲' | '△' | '▼' => {
            0
        }
        '\u{FF61}'..='\u{FF9F}' => -5,
        '\u{AC00}'..='\u{D7A3}' => 1,
        '\u{4E00}'..='\u{9FFF}' if charsets(character) & COMMON != 0 => 0,
        '\u{4E00}'..='\u{9FFF}' => -3,
        '\u{3400}'..='\u{4DBF}' => -4,
        '\u{E000}'..='\u{F8FF}' => -12,
        '\u{FFFD}' => -20,
        _ => -4,
    }
}

/// How much a text looks like running Chinese, Japanese or Korean: the sum over its characters.
pub(super) fn plausibility(text: &str) -> i64 {
    let weights = WEIGHTS.as_slice();
    text.chars().map(|character| i64::from(weights.get(character as usize).copied().unwrap_or(-4))).sum()
}
