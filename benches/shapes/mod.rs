//! Texts of the shapes that are read, each made here: a novel, an official article, an English text, a thread, an interview,
//! news, verse.

/// Bytes of UTF-8 of each.
const SIZE: usize = 8 << 20;

/// Sentences of the length and punctuation of ordinary prose.
const PROSE: &[&str] = &[
    "江边的老渡口早已不用了，只剩下几级石阶，被水磨得发亮。",
    "他说：“等到明年春天，桥就要修好了。”",
    "村里一共有三百多户人家，其中三成靠种茶为生，多半是绿茶。",
    "天快黑的时候，雨停了，对岸的灯一盏一盏亮起来，像是有人在水面上撒了一把米。",
];

const ENGLISH: &[&str] = &[
    "The ferry had not run for years, and the steps were worn smooth by the water. ",
    "\"When spring comes,\" he said, \"the bridge will be ready.\" ",
    "Some three hundred families live in the village, and most of them grow tea. ",
];

/// So many sentences from a place on.
fn sentences(from: &[&str], start: usize, count: usize) -> String {
    (start..start + count).map(|number| from[number % from.len()]).collect()
}

/// A novel: chapters of forty paragraphs of one to six sentences.
pub fn novel() -> String {
    let mut text = String::from("渡口十三年\n作者：林小禾\n\n");
    for chapter in 1.. {
        text.push_str(&format!("第{chapter}章　渡口的第{chapter}天\n\n"));
        for paragraph in 0..40 {
            text.push_str(&format!("　　{}\n", sentences(PROSE, chapter + paragraph, 1 + (chapter + paragraph) % 6)));
        }
        text.push('\n');
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

/// An article of official form: short lines of every label.
pub fn article() -> String {
    let mut text = String::from("关于渡口管理的通知\n来源：河口日报　2022年8月26日　作者：林小禾\n\n");
    for part in 1.. {
        text.push_str(&format!("（{part}）加强渡口的日常管理\n{}\n具体要求如下：\n", sentences(PROSE, part, 3)));
        for item in 1..=4 {
            text.push_str(&format!("{item}. 检查第{item}处石阶、缆桩和标识牌是否完好；\n"));
        }
        text.push_str("项目\t数量\n石阶\t12\n缆桩\t8\n");
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

pub fn english() -> String {
    let mut text = String::from("The Ferry\nBy Lin Xiaohe\n\n");
    for paragraph in 0.. {
        text.push_str(sentences(ENGLISH, paragraph, 3 + paragraph % 5).trim_end());
        text.push_str("\n\n");
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

/// A long thread: who wrote a reply and when, over one to four lines of it, some with what they answer.
pub fn forum() -> String {
    const NAMES: &[&str] = &["河边钓鱼人", "半亩田", "老周", "东岸灯火", "晒网的", "石阶上的猫", "小满", "对岸来客"];
    const REPLIES: &[&str] = &[
        "顶一个，楼主继续写",
        "小时候坐过那条船，两毛钱一位，自行车另加一毛。",
        "请问现在还能过河吗？我下个月想带孩子去看看",
        "哈哈，原来是邻村的",
        "照片拍得真好，水面上的雾像是可以伸手舀起来。谢谢分享！",
        "桥修好以后渡口就停了，船老大改行开了小饭馆，鱼做得不错。",
        "支持！",
    ];
    let mut text = String::from("渡口还在吗？说说你记得的老渡口\n河口社区 > 谈天说地\n\n");
    for floor in 1.. {
        let name = NAMES[floor * 7 % NAMES.len()];
        let (day, hour, minute) = (1 + floor / 40 % 28, floor / 3 % 24, floor * 7 % 60);
        text.push_str(&format!("{name} {floor}楼 2020-07-{day:02} {hour:02}:{minute:02}\n"));
        if floor % 5 == 0 {
            text.push_str(&format!("> {}：{}\n", NAMES[floor % NAMES.len()], REPLIES[floor % REPLIES.len()]));
        }
        for line in 0..1 + floor % 4 {
            text.push_str(REPLIES[(floor * 3 + line) % REPLIES.len()]);
            text.push('\n');
        }
        text.push('\n');
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

/// An interview: turns of two speakers, most of them of a sentence or two.
pub fn interview() -> String {
    const QUESTIONS: &[&str] = &[
        "您第一次撑船是哪一年？",
        "那时候渡口一天要过多少人？",
        "后来桥通了，您心里是什么滋味？",
        "现在还有人来坐船吗？",
    ];
    let mut text = String::from("最后一个摆渡人\n采访：林小禾　2022年8月26日\n\n");
    for turn in 1.. {
        text.push_str(&format!("记者：{}\n", QUESTIONS[turn % QUESTIONS.len()]));
        text.push_str(&format!("周大川：{}\n", sentences(PROSE, turn, 1 + turn % 3)));
        if turn % 40 == 0 {
            text.push_str(&format!("\n渡口往事之{}\n\n", turn / 40));
        }
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

/// News, one report after the other as a page of them is flattened: headline, byline, short paragraphs, the site's lines.
pub fn news() -> String {
    let mut text = String::from("河口新闻网\n首页 新闻 专题 图片 视频\n\n");
    for report in 1.. {
        let (month, day) = (1 + report % 12, 1 + report % 28);
        text.push_str(&format!("河口渡口完成第{report}次检修 今起恢复通航\n"));
        text.push_str(&format!("2022-{month:02}-{day:02} 09:30　来源：河口日报　作者：林小禾\n分享到：\n"));
        for paragraph in 0..5 {
            text.push_str(&format!("　　{}\n", sentences(PROSE, report + paragraph, 1 + (report + paragraph) % 2)));
        }
        text.push_str("（责任编辑：周大川）\n相关阅读\n渡口的早晨\n江边三百户人家\n打印本文\n\n");
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

/// Songs and poems: short lines without an end.
pub fn verse() -> String {
    const VERSES: &[&str] = &[
        "江水向东流，",
        "渡口月如钩。",
        "船去人未远，",
        "灯火满汀洲。",
        "石阶生绿苔，",
        "老树倚楼台。",
        "春风吹又过，",
        "燕子几时来。",
    ];
    let mut text = String::from("渡口诗草\n林小禾\n\n");
    for poem in 1.. {
        text.push_str(&format!("渡口其{poem}\n"));
        for line in 0..4 + poem % 2 * 4 {
            text.push_str(VERSES[(poem + line) % VERSES.len()]);
            text.push('\n');
        }
        text.push('\n');
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

/// A name, and the text made under it.
pub type Shape = (&'static str, fn() -> String);

/// Every shape under its name.
pub const ALL: [Shape; 7] = [
    ("novel", novel),
    ("article", article),
    ("english", english),
    ("forum", forum),
    ("interview", interview),
    ("news", news),
    ("verse", verse),
];
