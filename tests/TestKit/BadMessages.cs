using Xunit;

namespace ConnectFour.TestKit;

/// <summary>What a client may send that is no message, and with which code it is answered.</summary>
public static class BadMessages
{
    public static TheoryData<string, string> All => new()
    {
        // B1: not JSON
        { "", "bad_json" },
        { "{", "bad_json" },
        { "{\"type\":\"ping\"}x", "bad_json" },
        { "{\"type\":\"ping\",}", "bad_json" },
        { "{\"type\":\"ping\"/**/}", "bad_json" },
        { "{'type':'ping'}", "bad_json" },
        { "NaN", "bad_json" },
        { "\uFEFF{\"type\":\"ping\"}", "bad_json" },
        // B2: not an object
        { "null", "bad_message" },
        { "1", "bad_message" },
        { "\"ping\"", "bad_message" },
        { "[]", "bad_message" },
        // B3: too deep
        { "{\"type\":\"ping\",\"games\":" + new string('[', 4_000) + "]}", "bad_json" },
        { "{\"type\":\"ping\",\"games\":[[[[[[[[[]]]]]]]]]}", "bad_json" },
        // B4: repeated, wrongly written and unknown fields
        { "{\"type\":\"find\",\"prefix\":\"a\",\"prefix\":\"b\"}", "bad_message" },
        { "{\"type\":\"find\",\"Prefix\":\"a\"}", "bad_message" },
        { "{\"type\":\"ping\",\"user\":\"Ann\"}", "bad_message" },
        { "{\"type\":\"move\",\"game\":\"g\",\"ply\":0,\"column\":1,\"player\":0}", "bad_message" },
        // B5: types that do not exist
        { "{}", "unknown_type" },
        { "{\"type\":1}", "unknown_type" },
        { "{\"type\":null}", "unknown_type" },
        { "{\"type\":\"PING\"}", "unknown_type" },
        { "{\"type\":\"__proto__\"}", "unknown_type" },
        { "{\"type\":\"toString\"}", "unknown_type" },
        // B6: missing and ill-typed fields
        { "{\"type\":\"move\",\"game\":\"g\",\"ply\":0}", "bad_message" },
        { "{\"type\":\"move\",\"game\":null,\"ply\":0,\"column\":1}", "bad_message" },
        { "{\"type\":\"move\",\"game\":\"g\",\"ply\":0,\"column\":\"3\"}", "bad_message" },
        { "{\"type\":\"move\",\"game\":\"g\",\"ply\":0,\"column\":3.0}", "bad_message" },
        { "{\"type\":\"move\",\"game\":\"g\",\"ply\":0,\"column\":3.5}", "bad_message" },
        { "{\"type\":\"move\",\"game\":\"g\",\"ply\":0,\"column\":1e0}", "bad_message" },
        { "{\"type\":\"move\",\"game\":\"g\",\"ply\":0,\"column\":1e400}", "bad_message" },
        { "{\"type\":\"move\",\"game\":\"g\",\"ply\":0,\"column\":9007199254740993}", "bad_message" },
        { "{\"type\":\"open\",\"more\":1}", "bad_message" },
        { "{\"type\":\"challenge\",\"opponent\":\"Bob\",\"clock\":{\"initial\":60}}", "bad_message" },
        { "{\"type\":\"challenge\",\"opponent\":\"Bob\",\"clock\":60}", "bad_message" },
        { "{\"type\":\"ping\",\"games\":[null]}", "bad_message" },
        { "{\"type\":\"find\",\"prefix\":\"\\ud800\"}", "bad_message" },
        { "{\"type\":\"ping\",\"id\":-1}", "bad_message" },
        { "{\"type\":\"ping\",\"id\":1.5}", "bad_message" },
        { "{\"type\":\"ping\",\"id\":9007199254740992}", "bad_message" },
        { "{\"type\":\"ping\",\"id\":\"\"}", "bad_message" },
        { "{\"type\":\"ping\",\"id\":\"123456789012345678901234567890123\"}", "bad_message" },
        { "{\"type\":\"ping\",\"id\":true}", "bad_message" },
    };
}
