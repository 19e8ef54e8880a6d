namespace ConnectFour.Terminal;

/// <summary>What a piece of text is, so that one place decides how that looks, and whether it has a colour at all.</summary>
internal enum Ink
{
    Plain,
    Dim,
    Strong,
    Alert,
    Good,
    Bad,
    RedDisc,
    YellowDisc,
    BlueDisc,
    OrangeDisc,
    PurpleDisc,
    GreenDisc,
    WhiteDisc,
    BlackDisc,
}

internal static class InkExtensions
{
    extension(DiscColour colour)
    {
        public Ink Ink => colour switch
        {
            DiscColour.Red => Terminal.Ink.RedDisc,
            DiscColour.Yellow => Terminal.Ink.YellowDisc,
            DiscColour.Blue => Terminal.Ink.BlueDisc,
            DiscColour.Orange => Terminal.Ink.OrangeDisc,
            DiscColour.Purple => Terminal.Ink.PurpleDisc,
            DiscColour.Green => Terminal.Ink.GreenDisc,
            DiscColour.White => Terminal.Ink.WhiteDisc,
            DiscColour.Black => Terminal.Ink.BlackDisc,
        };
    }
}
