#![no_main]
//! Law: whatever can be read can be written as EPUB. The first byte chooses the reader.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    banxin_fuzz::convert(bytes, banxin::format::Format::Epub);
});
