//! Words of Korean sites and articles.

use super::Key;
use super::Meaning::{
    Abstract, Aside, Caption, Comments, Contact, Contents, Footer, Heading, Meta, Navigation, Notes, Pager, Related,
    Sharing,
};
use super::Stands::{Anywhere, Key as AsKey, Start, Whole};
use super::{Group, group};

#[rustfmt::skip]
pub(super) const GROUPS: &[Group] = &[
    group(Sharing, Whole, &["광고", "가 가", "스크랩", "URL 복사", "URL복사", "URL 복사 이웃추가", "본문 기타 기능", "공유하기", "프린트"]),
    group(Navigation, Whole, &["홈", "메뉴", "검색", "로그인", "회원가입", "맨 위로", "위로", "목록", "목록으로", "인쇄", "인쇄하기", "닫기", "더보기", "사이트맵", "개인정보처리방침", "이용약관", "고객센터", "회사소개", "본문 바로가기"]),
    group(Navigation, Whole, &["전체메뉴", "대문", "최근 바뀜", "임의 문서로", "문서", "토론", "읽기", "편집", "역사 보기", "계정 만들기", "도구", "둘러보기", "보도자료", "방명록", "태그", "일상", "공감", "게시글 관리", "글쓰기", "관리자", "이웃추가", "블로그", "카페", "메일", "지도", "사회", "정치", "경제", "국제", "문화", "연예", "스포츠", "오피니언", "글자크기", "글자 크기", "글씨크기", "가", "가가", "본문 바로가기", "메뉴 바로가기", "뉴스", "마이페이지", "로그아웃", "이전 페이지", "기사제보", "제보", "뉴스레터", "전체보기", "접기", "펼치기", "크게보기"]),
    group(Related, Anywhere, &["카테고리의 다른 글"]),
    group(Related, Whole, &["주요뉴스", "주요 뉴스", "실시간 인기기사", "실시간 뉴스", "오늘의 뉴스", "이 시각 주요뉴스", "추천뉴스", "추천 뉴스", "함께 보면 좋은 기사", "관련글", "최근 글", "인기글", "최근댓글", "많이 읽은 기사", "핫뉴스", "이 기사와 함께"]),
    group(Sharing, Whole, &["URL복사", "URL 복사", "기사저장", "기사 공유하기", "밴드", "네이버", "카카오스토리", "기사듣기", "음성으로 듣기", "좋아요 0", "싫어요"]),
    group(Navigation, Start, &["홈 >", "홈>", "홈 ›", "현재 위치", "HOME >"]),
    group(Sharing, Whole, &["공유", "공유하기", "좋아요", "스크랩", "카카오톡", "페이스북", "트위터", "링크 복사", "구독", "구독하기"]),
    group(Footer, Start, &["위키백과, 우리", "이 문서는 ", "분류:", "숨은 분류", "모든 문서는 크리에이티브"]),
    group(Footer, Anywhere, &["무단전재", "무단 전재", "재배포 금지", "저작권자"]),
    group(Contact, Start, &["문의:", "문의 :", "문의처", "연락처", "전화:", "이메일:", "주소:", "대표전화", "사업자등록번호"]),
    group(Pager, Whole, &["이전", "다음", "이전글", "다음글", "이전 기사", "다음 기사", "이전 페이지", "다음 페이지"]),
    group(Pager, Start, &["이전글", "다음글", "이전 글", "다음 글"]),
    group(Comments, Whole, &["댓글", "댓글 쓰기", "댓글쓰기", "의견", "전체 댓글"]),
    group(Related, Whole, &["관련기사", "관련 기사", "관련 뉴스", "인기기사", "인기 기사", "많이 본 뉴스", "많이 본 기사", "추천 기사", "최신기사", "최신 뉴스", "태그", "연관 기사"]),
    group(Meta(Key::Author), AsKey, &["글쓴이", "기자", "작성자", "저자", "지은이", "글"]),
    group(Meta(Key::Editor), AsKey, &["편집", "편집자"]),
    group(Meta(Key::Translator), AsKey, &["옮긴이", "번역"]),
    group(Meta(Key::Photographer), AsKey, &["사진"]),
    group(Meta(Key::Source), AsKey, &["출처", "제공"]),
    group(Meta(Key::Date), AsKey, &["입력", "수정", "등록", "등록일", "작성일", "게시일", "발행일", "날짜", "승인", "업데이트", "기사입력", "최종수정", "송고시간"]),
    group(Meta(Key::Views), AsKey, &["조회", "조회수", "댓글", "추천", "공감"]),
    group(Meta(Key::Keywords), AsKey, &["키워드", "태그"]),
    group(Meta(Key::Other), AsKey, &["분류", "카테고리"]),
    group(Aside, Whole, &["알아두기", "참고", "도움말"]),
    group(Abstract, Whole, &["요약", "개요"]),
    group(Heading, Whole, &["머리말", "들어가며", "나가며", "맺음말", "서문", "서론", "본론", "결론", "프롤로그", "에필로그", "후기", "부록", "재료", "만드는 법"]),
    group(Caption, Start, &["사진=", "사진 =", "[사진", "(사진"]),
    group(Notes, Whole, &["각주", "주석", "미주", "참고문헌"]),
    group(Contents, Whole, &["목차", "차례"]),
];
