#![no_main]
//! Law: any bytes are Markdown; never a panic, a hang or an overflow.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    banxin_fuzz::read(banxin::format::Format::Markdown, bytes);
});
