#![no_main]
//! Law: the model's JSON is a document or a clear error; never a panic, a hang or an overflow.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    banxin_fuzz::read(banxin::format::Format::Json, bytes);
});
